import { setTimeout as wait } from 'node:timers/promises'
import autocannon from 'autocannon'
import { nextProgram } from '../scripts/world/build'
import { freePort } from '../scripts/world/ports'
import type { Processes } from '../scripts/world/processes'
import { round } from './numbers'

export type WebFigures = { clients: number; overviewP97: number; tableP97: number; unchangedP97: number; healthP97: number }

const CLIENTS = 8
const SECONDS = 8

/** The overview as eight people load it at once, beside a route that does nothing. Milliseconds. */
export async function measureOverview(processes: Processes, databaseUrl: string, person: string): Promise<WebFigures> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const env = {
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: address,
    NEXTAUTH_SECRET: 'a secret of the bench',
    HEADROOM_DEMO: '1',
    NODE_ENV: 'production',
  }
  processes.start({
    name: 'web',
    command: process.execPath,
    args: [nextProgram, 'start', '-p', String(port), '-H', '127.0.0.1'],
    env,
  })
  await processes.until('web', 60, async () => (await fetch(`${address}/readyz`).catch(() => null))?.ok ?? false)
  const cookie = await signIn(address, person)
  const p97 = async (path: string, headers: Record<string, string> = {}) => {
    const { latency, non2xx, errors } = await autocannon({
      url: `${address}${path}`,
      connections: CLIENTS,
      duration: SECONDS,
      headers: { cookie, ...headers },
    })
    if (errors > 0 || (non2xx > 0 && !headers['if-none-match']))
      throw new Error(`${path} failed ${errors + non2xx} times under load.`)
    return round(latency.p97_5, 1)
  }
  await p97('/')
  const tag = (await fetch(`${address}/api/slos/overview`, { headers: { cookie } })).headers.get('etag') ?? ''
  await wait(500)
  return {
    clients: CLIENTS,
    overviewP97: await p97('/'),
    tableP97: await p97('/api/slos/overview'),
    unchangedP97: await p97('/api/slos/overview', { 'if-none-match': tag }),
    healthP97: await p97('/healthz'),
  }
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
