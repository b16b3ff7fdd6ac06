import type pg from 'pg'
import type { Counts } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import { evaluateStatus, type Status, type StatusInput } from '../slo/status'
import { packInputs } from '../slo/status-inputs'
import type { UnixSeconds } from '../time-series/units'
import { type HowToRead, readInputs } from './inputs'

type Queryable = Pick<pg.Pool, 'query'>

/** What the windows cannot tell: when history began and when the newest measured slot ended. */
export type Facts = { historyFrom: UnixSeconds | null; lastDataTs: UnixSeconds | null }

/** Evaluates SLOs whose counters stand at `now`; nothing is written. */
export async function evaluate(
  on: Queryable,
  definitions: SloDefinition[],
  now: UnixSeconds,
  current: Map<number, Counts>,
  facts: Map<number, Facts>,
  how?: HowToRead,
): Promise<{ status: Status; input: StatusInput; id: number }[]> {
  const inputs = await readInputs(on, definitions, now, current, how)
  return definitions.flatMap(({ id, rules }) => {
    const counts = inputs.get(id)
    if (!counts) return []
    const input: StatusInput = { now, staleSince: null, ...(facts.get(id) ?? { historyFrom: null, lastDataTs: null }), ...counts }
    return [{ id, input, status: evaluateStatus(rules, input) }]
  })
}

/** A state that begins because data ended began when it ended, not when it was noticed. */
function sinceOf(status: Status): UnixSeconds {
  const { reason } = status
  return reason.rule === 'absent' || reason.rule === 'source' ? reason.since : status.ts
}

const alertOf = ({ alerts }: Status): string | null =>
  alerts.find((a) => a.severity === 'page')?.severity ?? alerts[0]?.severity ?? null

/** Rewrites the status rows. `since` stays while the state does; an older evaluation never replaces a newer one. */
export async function writeStatuses(
  on: Queryable,
  evaluated: { id: number; status: Status; input: StatusInput }[],
): Promise<void> {
  if (evaluated.length === 0) return
  await on.query(
    `INSERT INTO slo_status AS old (slo_id, ts, state, since, remaining, alert, last_data_ts, stale_since, inputs)
     SELECT slo_id, ts, state, since, remaining, alert, last_data_ts, NULL, inputs::float8[]
     FROM unnest($1::int[], $2::int[], $3::text[], $4::int[], $5::float8[], $6::text[], $7::int[], $8::text[])
       AS new (slo_id, ts, state, since, remaining, alert, last_data_ts, inputs)
     ON CONFLICT (slo_id) DO UPDATE SET ts = EXCLUDED.ts, state = EXCLUDED.state,
       since = CASE WHEN old.state = EXCLUDED.state THEN old.since ELSE EXCLUDED.since END,
       remaining = EXCLUDED.remaining, alert = EXCLUDED.alert, last_data_ts = EXCLUDED.last_data_ts,
       stale_since = NULL, inputs = EXCLUDED.inputs
     WHERE old.ts <= EXCLUDED.ts`,
    [
      evaluated.map(({ id }) => id),
      evaluated.map(({ status }) => status.ts),
      evaluated.map(({ status }) => status.state),
      evaluated.map(({ status }) => sinceOf(status)),
      evaluated.map(({ status }) => status.remaining),
      evaluated.map(({ status }) => alertOf(status)),
      evaluated.map(({ status }) => status.lastDataTs),
      // An array of arrays cannot be unnested row by row; its text form can.
      evaluated.map(({ input }) => `{${packInputs(input).join()}}`),
    ],
  )
}
