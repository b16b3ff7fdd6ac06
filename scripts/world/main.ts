import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { type DataDirectory, openDataDirectory } from './data-directory'
import { sentenceFor } from './failure'
import { Processes } from './processes'
import { type Settings, settingsFrom } from './settings'
import type { World } from './world'

// Everything `npm start` runs, as one foreground process: what it starts ends with it.

const ROLES: Record<string, string> = {
  viewer: 'reads everything',
  engineer: 'refreshes and verifies',
  slo_owner: 'owns objectives',
  product_owner: 'decides about releases',
  administrator: 'may do everything',
}

async function greet({ address, prometheusUrl, demo, setupUrl }: World): Promise<void> {
  const { PEOPLE } = await import('../../lib/demo/world')
  const people = PEOPLE.map(
    ({ name, role, email }) => `    ${name.padEnd(18)} ${role.replace('_', ' ').padEnd(15)} ${ROLES[role]?.padEnd(24)} ${email}`,
  )
  const lines = [
    '',
    `  Headroom is at ${address}`,
    ...(demo ? [`  Its Prometheus is at ${prometheusUrl}`] : []),
    '',
    ...(demo ? ['  Sign in with one click as', ...people, ''] : []),
    ...(setupUrl ? [`  Create the first administrator within a day: ${setupUrl}`, ''] : []),
    '  Ctrl-C stops everything that was started here. Nothing is lost.',
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** One Ctrl-C arrives up to three times: from the terminal, through npm and through the script before this. */
const ONE_PRESS = 1_000

async function main(): Promise<number> {
  let data: DataDirectory | undefined
  let processes: Processes | undefined
  let stopping: Promise<void> | undefined
  let interrupted: () => void = () => {}
  const interruption = new Promise<null>((resolve) => {
    interrupted = () => resolve(null)
  })
  let asked: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (asked === undefined) interrupted()
      else if (Date.now() - asked > ONE_PRESS) processes?.killAll()
      asked ??= Date.now()
    })
  const stop = (): Promise<void> => {
    stopping ??= processes?.stopAll((name) => process.stdout.write(`  ${name} stopped\n`)) ?? Promise.resolve()
    return stopping
  }
  try {
    const settings: Settings = await settingsFrom(process.env, process.argv)
    data = openDataDirectory(settings.dataDirectory)
    processes = new Processes(data.at('logs'))
    // What is wrong with the settings is said before hundreds of files are loaded.
    const { raise } = await import('./world')
    const raised = raise(settings, data, processes).catch((error: unknown) => {
      // What was asked to stop while it started complains; nobody needs to hear it.
      if (asked !== undefined) return null
      throw error
    })
    const world = await Promise.race([raised, interruption])
    if (world === null) {
      await stop()
      return 130
    }
    const runtime = data.at('runtime.json')
    writeFileSync(runtime, JSON.stringify({ ...world, pid: process.pid }))
    chmodSync(runtime, 0o600)
    await greet(world)
    const end = await Promise.race([processes.broken, interruption])
    rmSync(runtime, { force: true })
    world.leave()
    process.stdout.write('\n')
    await stop()
    if (end === null) return 0
    process.stderr.write(`\n  ✗ ${end}\n\n`)
    return 1
  } catch (error) {
    await stop()
    process.stderr.write(`\n  ✗ ${sentenceFor(error)}\n\n`)
    return 1
  } finally {
    data?.close()
  }
}

process.exit(await main())
