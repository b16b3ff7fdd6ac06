import { countText } from '../format'
import type { Ratio, Seconds } from '../time-series/units'

/** Numbers for people who do not read percentages with three decimals. Failures are rounded up, and never down. */

const NEAR = 1e-6

/** A share that was promised, exactly: "1 of 1 000", "3 of 100". Written with the smallest number that says it. */
export function promisedText(share: Ratio): string {
  const one = 1 / share
  if (Math.abs(one - Math.round(one)) < NEAR * one) return `1 of ${countText(one)}`
  for (let whole = 10; whole <= 1_000_000; whole *= 10) {
    const part = share * whole
    if (Math.abs(part - Math.round(part)) < NEAR) return `${countText(part)} of ${countText(whole)}`
  }
  return happenedText(share)
}

/** A share that happened, as "1 of 1 500": two digits that count, and rather too often than too seldom. */
export function happenedText(share: Ratio): string {
  const one = 1 / share
  if (one < 10) return `${countText(Math.ceil(share * 100 - NEAR))} of 100`
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(one + NEAR)) - 1)
  return `1 of ${countText(Math.floor(one / unit + NEAR) * unit)}`
}

/** "about 40 minutes", "about 3 hours", "about 2 days": rounded up. */
export function plainTime(seconds: Seconds): string {
  const up = (unit: number) => Math.max(1, Math.ceil(seconds / unit - NEAR))
  const of = (count: number, unit: string) => `about ${count} ${unit}${count === 1 ? '' : 's'}`
  if (up(60) < 100) return of(up(60), 'minute')
  if (up(3600) < 48) return of(up(3600), 'hour')
  return of(up(86_400), 'day')
}
