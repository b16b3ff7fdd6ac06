import { ratioOf } from '@/lib/slo/counts'
import type { SloHistory } from '@/lib/slo/detail'
import type { Status } from '@/lib/slo/status'
import { HOUR } from '@/lib/time-series/units'

/**
 * History ends at a whole step; what happens now is in the newest evaluation. Adds it as the last point, with the SLI of
 * the last hour where steps are an hour or longer.
 */
export function withLivePoint(history: SloHistory, status: Status | null): SloHistory {
  if (!status || status.ts <= history.to || status.lastDataTs === null || status.ts - status.lastDataTs > history.step)
    return history
  const { burn, lookbacks, remaining, ts } = status
  const hourly = history.step >= HOUR
  return {
    ...history,
    to: ts,
    ts: [...history.ts, ts],
    remaining: [...history.remaining, remaining],
    burn1h: [...history.burn1h, burn.h1],
    burn6h: [...history.burn6h, burn.h6],
    burn24h: [...history.burn24h, burn.h24],
    sli: [...history.sli, hourly ? ratioOf(lookbacks.h1) : null],
    total: [...history.total, hourly ? lookbacks.h1.total : null],
  }
}
