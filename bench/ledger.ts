import type pg from 'pg'
import type { Indicator } from '../lib/slo/indicator'
import { MINUTE, type UnixSeconds } from '../lib/time-series/units'
import { cpuSeconds } from './baseline'
import { makeFleet } from './fleet'
import { measureTicks, type TickFigures } from './ticks'

export type Ledger = TickFigures & {
  /** CPU of Prometheus per SLO and tick */
  cpuSecondsPerSlo: number
}
type Run = {
  url: string
  count: number
  at: UnixSeconds
  ticks: number
  indicatorOf: (service: string, index: number) => Indicator
}

/** Ticks of a fleet of this size as the poller does them, after `at`. */
export async function measureLedger(pool: pg.Pool, { url, count, at, ticks, indicatorOf }: Run): Promise<Ledger> {
  await makeFleet(pool, { sourceUrl: url, count, at, indicatorOf })
  const before = await cpuSeconds(url)
  const figures = await measureTicks(pool, at + MINUTE, ticks)
  // The warm-up tick asks as well.
  return { ...figures, cpuSecondsPerSlo: ((await cpuSeconds(url)) - before) / (ticks + 1) / figures.slos }
}
