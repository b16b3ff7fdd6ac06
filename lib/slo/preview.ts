import type { BackTest } from '../alert/back-test'
import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'
import type { Meaning } from './queries'
import type { AlertEpisode } from './simulation'

/** What an editor is shown about a definition before it is saved. */

/** `error` keeps an SLO from being activated; `warning` is for the person to judge. */
export type Finding = { path: string; severity: 'error' | 'warning'; message: string }

export type Percentile = { q: Ratio; seconds: Seconds }
/** One bucket bound and the share of observations at or under it */
export type BoundShare = { bound: Seconds; share: Ratio }

export type SloPreview = {
  findings: Finding[]
  /** `null` when the source cannot answer for this definition */
  measured: {
    from: UnixSeconds
    to: UnixSeconds
    /** first instant with data */
    measuredFrom: UnixSeconds | null
    counts: { good: number; total: number }
    sli: Ratio | null
    remaining: number | null
    coverage: Ratio
    ts: UnixSeconds[]
    remainingSeries: (number | null)[]
    bad: (number | null)[]
    alerts: AlertEpisode[]
    /** what the alert policy would have told of, and how well */
    backTest: BackTest
  } | null
  meaning: {
    /** the whole budget as minutes of a full outage */
    minutes: number
    /** how many events may be bad in a window like the last one; `null` when slices are counted */
    events: number | null
    windowSeconds: Seconds
  }
  percentiles: Percentile[]
  bounds: BoundShare[]
  /** how long the source keeps its samples, when it says so */
  retentionSeconds: Seconds | null
  queries: { signal: Meaning; promql: string }[]
  milliseconds: number
}
