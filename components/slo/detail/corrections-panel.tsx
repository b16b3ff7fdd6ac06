import { CorrectionStatusMark } from '@/components/correction/status-mark'
import { Link } from '@/components/ui/link'
import { CAUSE_WORDS, type CorrectionInfo } from '@/lib/correction/schema'
import { countText, leftText, sliText, spentText } from '@/lib/format'
import { whenText } from '@/lib/format-time'
import type { SloDetail } from '@/lib/slo/detail'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { detail: SloDetail; corrections: CorrectionInfo[]; may: boolean; now: UnixSeconds }
const SHOWN = 4

/** What was measured beside what counts, and who asked and approved. */
export function CorrectionsPanel({ detail, corrections, may, now }: Props) {
  const { status, measured } = detail
  if (!status || (corrections.length === 0 && !may)) return null
  const current = corrections.filter((one) => one.status === 'approved' || one.status === 'requested')
  return (
    <section className="panel d-panel" aria-labelledby="corrections-title">
      <header className="d-panel-head">
        <h3 id="corrections-title">Corrections</h3>
        <span>{current.length === 0 ? 'none' : 'samples stay as they are'}</span>
        {may ? (
          <Link className="btn btn-quiet btn-sm" href={`/corrections/new?slo=${detail.id}`}>
            Exclude or credit
          </Link>
        ) : null}
      </header>
      {current.length === 0 ? null : (
        <div className="c-panel">
          {measured ? (
            <table className="c-sides">
              <caption className="sr-only">As measured and as it counts</caption>
              <thead>
                <tr>
                  <td />
                  <th scope="col">as measured</th>
                  <th scope="col">as it counts</th>
                </tr>
              </thead>
              <tbody>
                <Side name="SLI, %" raw={sliText(measured.sli)} adjusted={sliText(status.sli)} />
                <Side name="Consumed, %" raw={spentText(measured.consumed)} adjusted={spentText(status.consumed)} />
                <Side name="Left, %" raw={leftText(measured.remaining)} adjusted={leftText(status.remaining)} />
              </tbody>
            </table>
          ) : null}
          <ul>
            {current.slice(0, SHOWN).map((one) => (
              <li key={one.id}>
                <Link href={`/corrections?shown=${one.id}`}>
                  {one.kind === 'credit'
                    ? `+${countText(one.minutes ?? 0)} min from ${whenText(one.grantedAt ?? 0, now)}`
                    : one.when}
                </Link>
                <CorrectionStatusMark status={one.status} />
                <span className="field-hint">
                  {CAUSE_WORDS[one.cause]}: {one.reason} ({one.requestedBy}
                  {one.decidedBy ? `, ${one.status} by ${one.decidedBy}` : ', waits for somebody else'})
                </span>
              </li>
            ))}
          </ul>
          {current.length > SHOWN ? <Link href="/corrections">{current.length - SHOWN} more</Link> : null}
        </div>
      )}
    </section>
  )
}

const Side = ({ name, raw, adjusted }: { name: string; raw: string; adjusted: string }) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{raw}</td>
    <td>{adjusted}</td>
  </tr>
)
