import { nextProgram } from '../scripts/world/build'
import { freePort } from '../scripts/world/ports'
import type { Processes } from '../scripts/world/processes'

/** The web part as it runs in production, on a port of its own. Returns its address once it is ready. */
export async function startWeb(processes: Processes, databaseUrl: string): Promise<string> {
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
  return address
}
