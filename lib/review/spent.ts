import { shownShares } from '../ledger/shown'
import type { Ratio } from '../time-series/units'
import type { Evidence, SpentLine } from './snapshot'

/** What a cause spent since the last review: a share of the whole budget, positive where it was spent. */
export type SpentCause = { label: string; detail: string; share: Ratio }

/** Lines on one screen, the last one for all that is left over. */
const MOST = 3
const NOISE = 1e-9
/** What is left, as screens round it: down. Tenths of a percent. */
export const leftTenths = (left: Ratio): number => Math.floor(left * 1000 + NOISE)

/**
 * Where a budget went between two instants. Causes come with what they spent; what then is missing to the difference is budget
 * that came back because old burn left the window, or that nobody answers for. The lines add up to the difference of the two
 * shown figures, as tenths of a percent.
 */
export function spentSince(causes: SpentCause[], was: Ratio | null, now: Ratio): Evidence['spent'] {
  const known = causes.filter(({ share }) => Math.abs(share) >= 0.0005).sort((a, b) => Math.abs(b.share) - Math.abs(a.share))
  const shown = known.slice(0, MOST)
  const others = known.slice(MOST).reduce((sum, { share }) => sum + share, 0)
  const lines = [
    ...shown.map(({ label, detail, share }) => ({ label, detail, share: -share })),
    ...(Math.abs(others) >= 0.0005 ? [{ label: 'other causes', detail: `${known.length - MOST} more`, share: -others }] : []),
  ]
  const sum = lines.reduce((total, { share }) => total + share, 0)
  if (was !== null) {
    const rest = now - was - sum
    if (Math.abs(rest) >= 0.0005)
      lines.push({ label: 'everything else', detail: rest > 0 ? 'old burn left the window' : 'no cause known', share: rest })
  }
  const total = was === null ? Math.floor(sum * 1000 + NOISE) : leftTenths(now) - leftTenths(was)
  const tenths = shownShares(
    lines.map(({ share }) => share),
    lines.length === 0 ? 0 : total,
  )
  const written: SpentLine[] = lines.map(({ label, detail }, i) => ({ label, detail, tenths: tenths[i] ?? 0 }))
  return { lines: written, total: lines.length === 0 && was === null ? 0 : total, was }
}
