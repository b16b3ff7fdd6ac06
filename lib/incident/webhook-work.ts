import type pg from 'pg'
import type { Actor } from '../auth/actor'
import type { UnixSeconds } from '../time-series/units'
import type { SentAlert } from './alertmanager'

type Queryable = Pick<pg.Pool, 'query'>

/** What became of an alert that was sent. */
export type Received = {
  fingerprint: string
  outcome: 'opened' | 'joined' | 'reopened' | 'known' | 'updated' | 'ended' | 'mitigated' | 'noted' | 'ours'
  incidentId: number | null
  /** what was odd about it, and what it names that is not known */
  note: string
}

export type Work = { client: Queryable; actor: Actor; groupKey: string; now: UnixSeconds }

/** An alert as it was kept. */
export type Stored = Pick<SentAlert, 'labels' | 'annotations'> & { id: number; status: string; incidentId: number | null }

export const sentence = (title: string): string => (/[.!?]$/.test(title) ? title : `${title}.`)
