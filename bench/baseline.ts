import { alertPairs } from '../lib/alert/alert-policy'
import { WORKBOOK } from '../lib/alert/presets'
import { DAY, type UnixSeconds } from '../lib/time-series/units'
import { serviceName } from './fleet'

/** Seconds of CPU that a Prometheus has used, from its own metrics. */
export async function cpuSeconds(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1])
}

export type Baseline = { slos: number; queriesPerSlo: number; cpuSecondsPerSlo: number }

/** What portals without a ledger do at every tick: ask one query per SLO and window, over the whole window. */
export async function measureBaseline(url: string, slos: number, at: UnixSeconds): Promise<Baseline> {
  const pairs = alertPairs(WORKBOOK.settings, 30 * DAY)
  const windows = [30 * DAY, ...new Set(pairs.flatMap(({ long, short }) => [long, short]))]
  const before = await cpuSeconds(url)
  for (let i = 0; i < slos; i += 1)
    for (const seconds of windows) {
      const selector = (more: string) => `sum(increase(http_requests_total{service="${serviceName(i)}"${more}}[${seconds}s]))`
      const query = `${selector(',status=~"5.."')} / ${selector('')}`
      const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query, time: String(at) })}`)
      if (!response.ok) throw new Error(`The baseline query failed: ${await response.text()}`)
    }
  return { slos, queriesPerSlo: windows.length, cpuSecondsPerSlo: ((await cpuSeconds(url)) - before) / slos }
}
