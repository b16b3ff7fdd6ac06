import { join } from 'node:path'
import { createSetupToken } from '../../lib/auth/setup'
import { disconnect } from '../../lib/db/client'
import { migrate } from '../../lib/db/migrate'
import { checkDrift } from '../../lib/drift/commands-check'
import { withoutSchedule } from '../../lib/report/commands-schedule'
import { seedDemo, setSource, WAREHOUSE } from '../../prisma/seed'
import { seedReports } from '../../prisma/seed-reports'
import { seedRequests } from '../../prisma/seed-requests'
import { seedReviews } from '../../prisma/seed-reviews'
import { typescript } from '../bootstrap.mjs'
import { waitForHistory } from './backfill'
import { build, nextProgram } from './build'
import type { DataDirectory } from './data-directory'
import { demoState, goOnFile, keepSeen, preparePast, saveDemo } from './demo'
import { checkExternal } from './external-postgres'
import { Failure } from './failure'
import { portLike } from './ports'
import { startPostgres } from './postgres'
import type { Processes } from './processes'
import { progress } from './progress'
import { checkSource, findPrometheus, startPrometheus, type Target } from './prometheus'
import { loadRules } from './rules'
import type { Settings } from './settings'

export type World = {
  address: string
  databaseUrl: string
  prometheusUrl: string
  demo: boolean
  /** where services of the demo can be broken on purpose */
  demoUrl: string | null
  setupUrl: string | null
  /** stops the timers of this process */
  leave: () => void
}

/** Where the lost source of the demo was: nobody listens on this port, and fetch does not refuse to try it. */
const NOWHERE = 'http://127.0.0.1:2'
const SOURCE = 'prometheus'

/**
 * Longer than proxies and clients keep a connection they do not use, in milliseconds: after the five seconds that Node gives
 * it, it is closed under the next question of whoever asks about as often.
 */
const KEEP_ALIVE = 75_000

/** Starts everything the settings ask for, in order; resolves when the portal can be used. */
export async function raise(settings: Settings, data: DataDirectory, processes: Processes): Promise<World> {
  const address = `http://${settings.host === '127.0.0.1' || settings.host === '0.0.0.0' ? 'localhost' : settings.host}:${settings.port}`
  const databaseUrl = await database(settings, data, processes)
  const env = {
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL ?? address,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? data.secrets.nextAuthSecret,
    HEADROOM_DEMO: settings.demo ? '1' : '0',
    // Our own Prometheus reads /metrics over loopback; with another one the choice is the operator's.
    HEADROOM_METRICS_OPEN: process.env.HEADROOM_METRICS_OPEN ?? (settings.prometheusUrl ? '0' : '1'),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
  }
  Object.assign(process.env, env)
  const pollerPort = await portLike(data.ports.poller)
  data.remember({ poller: pollerPort })
  await progress('Database schema', async (say) => {
    const applied = await migrate(databaseUrl)
    say(applied.length > 0 ? `${applied.length} applied` : 'up to date')
  })
  const { prometheusUrl, leave } = await source(settings, data, processes, pollerPort)
  const setupUrl = await fill(settings, data, prometheusUrl, env.NEXTAUTH_URL)
  const start = () => startPrograms(settings, data, processes, { env, databaseUrl, pollerPort })
  // Reports of the demo are made when all of its past is there.
  await (settings.demo ? withoutSchedule(start) : start())
  await disconnect()
  const demoUrl = settings.demo ? demoUrlOf(data) : null
  return { address, databaseUrl, prometheusUrl, demo: settings.demo, demoUrl, setupUrl, leave }
}

type Programs = { env: Record<string, string>; databaseUrl: string; pollerPort: number }

async function startPrograms(
  settings: Settings,
  data: DataDirectory,
  processes: Processes,
  { env, databaseUrl, pollerPort }: Programs,
): Promise<void> {
  await progress('Poller', async () => {
    const args = typescript('lib/poller/start.ts')
    const more = { HEADROOM_POLLER_METRICS_PORT: String(pollerPort) }
    processes.start({ name: 'poller', command: process.execPath, args, env: { ...env, ...more } })
  })
  // Late, because it takes long: what cannot work has been said by now, and the poller reads the past meanwhile.
  if (!settings.dev) await progress('Web pages', (say) => build(say, data.at('logs', 'build.log')))
  await progress('Web', async (say) => {
    say(`port ${settings.port}`)
    const kept = settings.dev ? [] : ['--keepAliveTimeout', String(KEEP_ALIVE)]
    const args = [nextProgram, settings.dev ? 'dev' : 'start', '-p', String(settings.port), '-H', settings.host, ...kept]
    processes.start({
      name: 'web',
      command: process.execPath,
      args,
      env: { ...env, NODE_ENV: settings.dev ? 'development' : 'production' },
    })
    await processes.until('web', 90, () => isReady(`http://${settings.host}:${settings.port}/readyz`))
  })
  if (settings.demo) await finishDemo(data, databaseUrl, processes)
}

async function database(settings: Settings, data: DataDirectory, processes: Processes): Promise<string> {
  if (settings.databaseUrl) {
    await progress('Database', async (say) => say(await checkExternal(settings.databaseUrl ?? '')))
    return settings.databaseUrl
  }
  return progress('Database', async (say) => {
    say('embedded PostgreSQL')
    const embedded = { folder: data.at('postgres'), password: data.secrets.postgresPassword, previousPort: data.ports.postgres }
    const { url, port } = await startPostgres(processes, embedded)
    data.remember({ postgres: port })
    return url
  })
}

async function source(settings: Settings, data: DataDirectory, processes: Processes, pollerPort: number) {
  if (settings.prometheusUrl) {
    const url = settings.prometheusUrl.replace(/\/$/, '')
    await progress('Prometheus', async (say) => say(await checkSource(url)))
    return { prometheusUrl: url, leave: () => {} }
  }
  const programs = await progress('Prometheus program', async (say) => findPrometheus(say))
  const targets: Target[] = [
    { job: 'headroom', address: `127.0.0.1:${settings.port}` },
    { job: 'headroom-poller', address: `127.0.0.1:${pollerPort}` },
  ]
  let leave = () => {}
  if (settings.demo) {
    const { anchor } = await progress('Demo history', (say) => preparePast(data, programs.promtool, say))
    await progress('Demo services', async () => {
      const port = await portLike(data.ports.demo)
      data.remember({ demo: port })
      const args = [...typescript('scripts/world/demo-services.ts'), String(port), String(anchor), goOnFile(data)]
      processes.start({ name: 'demo', command: process.execPath, args })
      await processes.until('demo', 30, () => isReady(`http://127.0.0.1:${port}/metrics`))
      targets.push({ job: 'demo', address: `127.0.0.1:${port}`, unnamed: true })
      targets.push({ job: 'demo-native', address: `127.0.0.1:${port}`, path: '/native' })
    })
    leave = keepSeen(data)
  }
  const prometheusUrl = await progress('Prometheus', async (say) => {
    const embedded = {
      ...{ folder: data.at('prometheus'), config: data.at('prometheus.json'), program: programs.prometheus },
      ...{ previousPort: data.ports.prometheus, targets },
    }
    const { url, port } = await startPrometheus(processes, embedded)
    data.remember({ prometheus: port })
    say(`port ${port}`)
    return url
  })
  return { prometheusUrl, leave }
}

/** Puts into the database what this world needs to be used. Returns the address of the first administrator's page. */
async function fill(settings: Settings, data: DataDirectory, url: string, webUrl: string): Promise<string | null> {
  return progress(settings.demo ? 'Demo services and SLOs' : 'Data source', async (say) => {
    if (settings.demo) {
      const state = demoState(data)
      if (!state) throw new Failure(`${data.at('demo.json')} went missing: delete ${data.path} to make the demo anew.`)
      const warehouseUrl = state.warehouseGone ? NOWHERE : url
      const made = await seedDemo({ anchor: state.anchor, mainUrl: url, warehouseUrl, demoUrl: demoUrlOf(data) })
      say(made > 0 ? `${made} SLOs` : 'there already')
      return null
    }
    await setSource(SOURCE, url)
    const token = await createSetupToken(new Date())
    return token && join(webUrl, `setup?token=${token}`).replace(':/', '://')
  })
}

/** The history is read; then the lost source of the demo goes away. */
async function finishDemo(data: DataDirectory, databaseUrl: string, processes: Processes): Promise<void> {
  let broken = false
  processes.broken.then(() => {
    broken = true
  })
  await progress('SLO history', (say) => waitForHistory(databaseUrl, say, () => broken))
  if (broken) return
  await seedRequests(Math.floor(Date.now() / 1000))
  await progress('Reports', (say) => seedReports(Math.floor(Date.now() / 1000), say))
  await seedReviews(Math.floor(Date.now() / 1000))
  const state = demoState(data)
  if (state && !state.warehouseGone) {
    await setSource(WAREHOUSE, NOWHERE)
    saveDemo(data, { ...state, warehouseGone: true })
  }
  await loadRules(data, SOURCE)
  // Now, not with the next round: the page of drift would say for minutes that nothing was exported.
  await checkDrift({ type: 'system', job: 'start' }, { source: SOURCE })
}

const demoUrlOf = (data: DataDirectory): string => `http://127.0.0.1:${data.ports.demo}`

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}
