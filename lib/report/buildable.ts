import { HeadroomError } from '../errors'
import { monthPeriod } from '../ledger/period'
import { DAY, MINUTE, type UnixSeconds } from '../time-series/units'

/** Which months reports are built of, and when. Pure, but for saying no. */

/** What releases cost, corrections and marks are written down by then. */
export const GRACE = 30 * MINUTE
/** Counters that have not come and sources that do not answer are waited for this long, and no longer. */
export const PATIENCE = DAY

/** Counters are kept by the hour for so long, and exclusions are laid out over as much. */
export const KEPT = 400 * DAY
/** Months that began earlier are no longer counted as they were: hours and exclusions of them are gone. */
export const keptSince = (now: UnixSeconds): UnixSeconds => now - KEPT

const refused = (message: string) => new HeadroomError('INVALID_INPUT', message, [{ path: 'month', message }])

export function refuseRunning(month: string, zone: string, now: UnixSeconds): void {
  if (monthPeriod(month, zone).to <= now) return
  throw refused(`${month} is not over yet. Look at its preview, or choose a month before it.`)
}

export function refuseOld(month: string, zone: string, now: UnixSeconds): void {
  if (monthPeriod(month, zone).from >= keptSince(now)) return
  throw refused(
    `${month} can no longer be built, because counters are kept by the hour for ${KEPT / DAY} days: choose a later month.`,
  )
}

/** Nothing is said about what is still to come. */
export function refuseAhead(month: string, zone: string, now: UnixSeconds): void {
  if (monthPeriod(month, zone).from < now) return
  throw refused(`${month} has not begun. Choose this month or one before it.`)
}

export const nothingMeasured = (month: string, name: string): HeadroomError =>
  refused(`Nothing of ${name} was measured in ${month}: choose a month in which it was.`)

export const notYetReady = (names: string): HeadroomError =>
  new HeadroomError(
    'CONFLICT',
    `The last counters or quantiles of ${names} have not come yet. Try again in a few minutes; a day after the month nobody waits any more.`,
  )

export const beingMeasured = (names: string): HeadroomError =>
  new HeadroomError(
    'CONFLICT',
    `${names} is being measured again. Build the report when that is done; until then the old one stays.`,
  )
