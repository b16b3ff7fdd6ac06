import { setTimeout as wait } from 'node:timers/promises'
import autocannon from 'autocannon'
import type { Processes } from '../scripts/world/processes'
import { percentile, round } from './numbers'
import { startWeb } from './web'

export type WebFigures = { clients: number; overviewP95: number; tableP95: number; unchangedP95: number; healthP95: number }

const CLIENTS = 8
const SECONDS = 8

/** The overview as eight people load it at once, beside a route that does nothing. Milliseconds. */
export async function measureOverview(processes: Processes, databaseUrl: string, person: string): Promise<WebFigures> {
  const address = await startWeb(processes, databaseUrl)
  const cookie = await signIn(address, person)
  const p95 = async (path: string, headers: Record<string, string> = {}) => {
    const url = `${address}${path}`
    const times = await load({ url, connections: CLIENTS, duration: SECONDS, headers: { cookie, ...headers } })
    return round(percentile(times, 0.95), 1)
  }
  await p95('/')
  const tag = (await fetch(`${address}/api/slos/overview`, { headers: { cookie } })).headers.get('etag') ?? ''
  await wait(500)
  return {
    clients: CLIENTS,
    overviewP95: await p95('/'),
    tableP95: await p95('/api/slos/overview'),
    unchangedP95: await p95('/api/slos/overview', { 'if-none-match': tag }),
    healthP95: await p95('/healthz'),
  }
}

/** Every answer's time under load, milliseconds. Throws when an answer is a refusal. */
function load(options: autocannon.Options): Promise<number[]> {
  const times: number[] = []
  return new Promise((resolve, reject) => {
    const run = autocannon(options, (error, result) => {
      const failed = result ? result.errors + result.timeouts : 1
      if (error || failed > 0) reject(error ?? new Error(`${options.url} failed ${failed} times under load.`))
      else resolve(times)
    })
    run.on('response', (_client, status, _bytes, milliseconds) => {
      if (status === 200 || status === 304) times.push(milliseconds)
      else reject(new Error(`${options.url} answered ${status} under load.`))
    })
  })
}

/** As a browser does it: the token against forgery, then the credentials. */
async function signIn(address: string, email: string): Promise<string> {
  const cookiesOf = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const first = await fetch(`${address}/api/auth/csrf`)
  const { csrfToken } = (await first.json()) as { csrfToken: string }
  const second = await fetch(`${address}/api/auth/callback/demo`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(first).join('; '), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, email, json: 'true' }),
  })
  return [...cookiesOf(first), ...cookiesOf(second)].join('; ')
}
