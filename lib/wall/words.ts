import { burnText, countText } from '../format'
import { whenText } from '../format-time'
import type { UnixSeconds } from '../time-series/units'
import type { WallRow, WallView } from './schema'
import { isWell } from './view'

const some = (count: number, one: string, more = `${one}s`): string => `${countText(count)} ${count === 1 ? one : more}`

/** What is worst, in a few words for people far away. */
export function headlineOf(view: WallView): string {
  const { states, pages, tickets, total, stale, moreStale, behind } = view
  if (total === 0) return 'No SLO to show'
  const worst = [
    states.exhausted > 0 ? `${some(states.exhausted, 'budget')} gone` : '',
    states.critical > 0 ? `${countText(states.critical)} critical` : '',
  ].filter(Boolean)
  if (pages > 0) worst.push(some(pages, 'page'))
  if (worst.length > 0) return worst.join(', ')
  const less = [
    states.warning > 0 ? some(states.warning, 'warning') : '',
    tickets > 0 ? some(tickets, 'ticket') : '',
    states['no-data'] > 0 ? `${countText(states['no-data'])} without data` : '',
    states['not-enough-data'] > 0 ? `${countText(states['not-enough-data'])} with too little data` : '',
    behind.count > 0 ? `${countText(behind.count)} not evaluated` : '',
  ].filter(Boolean)
  if (less.length > 0) return less.join(', ')
  return isWell(view) ? 'All is well' : `${some(stale.length + moreStale, 'source')} without an answer`
}

/** What calm consists of: nothing is hidden behind it. */
export function calmOf({ total, states }: WallView): string {
  const healthy = `${countText(states.healthy)} of ${some(total, 'SLO')} healthy`
  return states.attention === 0 ? `${healthy}.` : `${healthy}, ${countText(states.attention)} to keep an eye on.`
}

/** The second line of a row: why it stands there. */
export function noteOf({ alert, state, outlook, burn1h, pace }: WallRow, now: UnixSeconds): string {
  if (outlook?.kind === 'frozen') return outlook.why === 'source' ? 'its source does not answer' : 'its series are missing'
  if (outlook?.kind === 'gone')
    return outlook.backAt === null ? 'not back within its window' : `back ${whenText(outlook.backAt, now)}`
  if (alert === 'page' && burn1h !== null) return `1 h burn ${burnText(burn1h)} ×`
  if (state === 'no-data' || state === 'not-enough-data' || pace === null) return ''
  return `pace ${burnText(pace)} ×`
}

/** 14:31 while that is today, with the day when it is another one. */
export const sinceText = (at: UnixSeconds, now: UnixSeconds): string => whenText(at, now).replace(/^today /, '')
