import { Failure } from './failure'
import { webPort } from './ports'

export type Settings = {
  host: string
  port: number
  dev: boolean
  /** make and show the demo */
  demo: boolean
  databaseUrl: string | undefined
  prometheusUrl: string | undefined
  dataDirectory: string | undefined
}

/** The world that the environment asks for. The demo is what a first visitor sees: an own database or source turns it off. */
export async function settingsFrom(env: NodeJS.ProcessEnv, args: string[]): Promise<Settings> {
  const { DATABASE_URL, PROMETHEUS_URL, HEADROOM_DEMO, HEADROOM_DATA, HEADROOM_HOST: host = '127.0.0.1', PORT } = env
  const demo = HEADROOM_DEMO === undefined ? !DATABASE_URL && !PROMETHEUS_URL : HEADROOM_DEMO === '1'
  if (demo && PROMETHEUS_URL)
    throw new Failure('The demo brings its own Prometheus: unset PROMETHEUS_URL, or set HEADROOM_DEMO=0 to use yours.')
  return {
    host,
    port: await webPort(PORT, host),
    dev: args.includes('--dev'),
    demo,
    databaseUrl: DATABASE_URL || undefined,
    prometheusUrl: PROMETHEUS_URL || undefined,
    dataDirectory: HEADROOM_DATA,
  }
}
