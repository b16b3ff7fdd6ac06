'use client'
import { Fragment, useState } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import type { CorrectionInfo } from '@/lib/correction/schema'
import { CAUSE_WORDS } from '@/lib/correction/schema'
import { countText } from '@/lib/format'
import { instantText, whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { DecisionDialog, type Verb } from './decision-dialog'
import { EffectTable } from './effect-table'
import { CorrectionStatusMark } from './status-mark'

type Props = { corrections: CorrectionInfo[]; now: UnixSeconds; shown: number | null; may: boolean }

/** Requests first, then what is in force and what was: who asked, who decided, and what it did. */
export function CorrectionList({ corrections, now, shown: first, may }: Props) {
  const [shown, setShown] = useState<number | null>(first)
  const [deciding, setDeciding] = useState<{ correction: CorrectionInfo; verb: Verb } | null>(null)
  if (corrections.length === 0)
    return (
      <EmptyState
        title="Nothing was corrected"
        action={
          may ? (
            <Link className="btn btn-primary" href="/corrections/new">
              Ask for a correction
            </Link>
          ) : undefined
        }
      >
        Maintenance, a false alarm, hours that do not count: what is excluded, and what is credited, stands here with who asked
        and who approved.
      </EmptyState>
    )
  const waiting = corrections.filter(({ status }) => status === 'requested')
  const rest = corrections.filter(({ status }) => status !== 'requested')
  return (
    <>
      <table className="s-table c-table">
        <caption className="sr-only">Corrections</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">About</th>
            <th scope="col">Status</th>
            <th scope="col">Asked</th>
            <th scope="col">Decided</th>
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {[
            { title: 'Waiting for a decision', rows: waiting },
            { title: 'Decided', rows: rest },
          ].map(({ title, rows }) =>
            rows.length === 0 ? null : (
              <Fragment key={title}>
                <tr className="o-group">
                  <th scope="rowgroup" colSpan={6}>
                    {title} <span>{rows.length}</span>
                  </th>
                </tr>
                {rows.map((correction) => (
                  <Row
                    key={correction.id}
                    correction={correction}
                    now={now}
                    open={shown === correction.id}
                    onToggle={() => setShown(shown === correction.id ? null : correction.id)}
                    onVerb={(verb) => setDeciding({ correction, verb })}
                  />
                ))}
              </Fragment>
            ),
          )}
        </tbody>
      </table>
      <DecisionDialog key={deciding?.correction.id} deciding={deciding} onClose={() => setDeciding(null)} />
    </>
  )
}

type RowProps = {
  correction: CorrectionInfo
  now: UnixSeconds
  open: boolean
  onToggle: () => void
  onVerb: (verb: Verb) => void
}

function Row({ correction, now, open, onToggle, onVerb }: RowProps) {
  const { kind, cause, status, requestedBy, requestedAt, decidedBy, decidedAt, may, withdrawnBy, withdrawnAt } = correction
  const what = whatText(correction, now)
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className="c-open" aria-expanded={open} onClick={onToggle}>
            {what}
          </button>
          <span>
            {kind === 'credit' ? 'Credit' : 'Exclusion'}, {CAUSE_WORDS[cause].toLowerCase()}
          </span>
        </th>
        <td>{aboutText(correction)}</td>
        <td>
          <CorrectionStatusMark status={status} />
        </td>
        <td>
          {requestedBy}, {whenText(requestedAt, now)}
        </td>
        <td>
          {decidedBy && decidedAt ? `${decidedBy}, ${whenText(decidedAt, now)}` : null}
          {withdrawnBy && withdrawnAt ? (
            <span className="c-second">withdrawn by {`${withdrawnBy}, ${whenText(withdrawnAt, now)}`}</span>
          ) : null}
        </td>
        <td className="c-do">
          {may.decide ? (
            <>
              <button type="button" className="btn btn-sm" onClick={() => onVerb('approve')}>
                Approve<span className="sr-only"> {what}</span>
              </button>
              <button type="button" className="btn btn-quiet btn-sm" onClick={() => onVerb('refuse')}>
                Refuse<span className="sr-only"> {what}</span>
              </button>
            </>
          ) : null}
          {may.withdraw ? (
            <button type="button" className="btn btn-quiet btn-sm" onClick={() => onVerb('withdraw')}>
              Withdraw<span className="sr-only"> {what}</span>
            </button>
          ) : null}
        </td>
      </tr>
      {open ? (
        <tr className="c-more">
          <td colSpan={6}>
            <p>{correction.reason}</p>
            {may.why ? <p className="field-hint">{may.why}</p> : null}
            {correction.note ? (
              <p>
                “{correction.note}” ({decidedBy})
              </p>
            ) : null}
            {correction.withdrawalNote ? (
              <p>
                “{correction.withdrawalNote}” ({withdrawnBy})
              </p>
            ) : null}
            {correction.stretches.length > 0 ? (
              <p className="field-hint">
                {correction.stretches
                  .slice(-3)
                  .map(({ from, to }) => `${instantText(from, now)} to ${instantText(to, now)}`)
                  .join('; ')}{' '}
                UTC
              </p>
            ) : null}
            {correction.effect.length > 0 ? <EffectTable effects={correction.effect} /> : null}
          </td>
        </tr>
      ) : null}
    </>
  )
}

const whatText = ({ kind, when, minutes, grantedAt }: CorrectionInfo, now: UnixSeconds): string =>
  kind === 'credit' ? `+${countText(minutes ?? 0)} min from ${whenText(grantedAt ?? 0, now)}` : when

const aboutText = ({ service, slos }: CorrectionInfo): string =>
  service
    ? `All SLOs of ${service.name}`
    : slos.length === 1
      ? `${slos[0]?.service}: ${slos[0]?.name}`
      : `${slos.length} SLOs of ${[...new Set(slos.map((slo) => slo.service))].join(', ')}`
