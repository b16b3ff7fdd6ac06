import type { SloHistory } from '@/lib/slo/detail'
import type { Ratio, UnixSeconds } from '@/lib/time-series/units'
import { keepExtremes } from './keep-extremes'
import { ninesOf } from './nines'

/** Burn below this is drawn on the lower edge of the log scale. × */
export const BURN_FLOOR = 0.1

/** One instant of all three charts: the values themselves, and where they stand on scales that are not linear. */
export type HistoryRow = {
  ts: UnixSeconds
  remaining: number | null
  /** without exclusions and credits */
  measured: number | null
  burn1h: number | null
  burn6h: number | null
  burn24h: number | null
  sli: Ratio | null
  total: number | null
  y1h: number | null
  y6h: number | null
  y24h: number | null
  nines: number | null
  /** at the basis pace, right of now only */
  projected: number | null
  /** lowest and highest of the known paces, right of now only */
  fan: [number, number] | null
}

const onLogScale = (burn: number | null): number | null => (burn === null ? null : Math.max(BURN_FLOOR, burn))

/**
 * History as rows for drawing, at most `limit` of them. A missing value stays `null`, which draws a gap;
 * `highest` is the upper edge of the nines scale, where all good is drawn.
 */
export function prepareHistory(history: SloHistory, limit: number, highest: number): HistoryRow[] {
  const { ts, remaining, burn1h, burn6h, burn24h, sli, total, measuredRemaining } = history
  const kept = keepExtremes(ts.length, limit, [remaining, burn1h, sli])
  return kept.map((i) => {
    const ratio = sli[i] ?? null
    const burns = [burn1h[i] ?? null, burn6h[i] ?? null, burn24h[i] ?? null] as const
    return {
      ts: ts[i] as UnixSeconds,
      remaining: remaining[i] ?? null,
      measured: measuredRemaining?.[i] ?? null,
      burn1h: burns[0],
      burn6h: burns[1],
      burn24h: burns[2],
      sli: ratio,
      total: total[i] ?? null,
      y1h: onLogScale(burns[0]),
      y6h: onLogScale(burns[1]),
      y24h: onLogScale(burns[2]),
      nines: ratio === null ? null : Math.min(highest, ninesOf(ratio)),
      projected: null,
      fan: null,
    }
  })
}
