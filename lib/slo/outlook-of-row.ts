import type { UnixSeconds } from '../time-series/units'
import { type Outlook, outlookOf } from './outlook'
import type { Status } from './status'
import type { SloWindow } from './window'

/** What the status row keeps beside the counts: computed every few minutes rather than at each tick. */
export type KeptOutlook = {
  since: UnixSeconds
  ends1h: UnixSeconds | null
  ends6h: UnixSeconds | null
  ends24h: UnixSeconds | null
  backAt: UnixSeconds | null
}

export const outlookOfRow = (status: Status, window: SloWindow, kept: KeptOutlook): Outlook =>
  outlookOf(status, window, { h1: kept.ends1h, h6: kept.ends6h, h24: kept.ends24h }, { since: kept.since, backAt: kept.backAt })
