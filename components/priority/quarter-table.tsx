import { CauseMark } from '@/components/ledger/cause-mark'
import { SvgPatterns } from '@/components/slo/svg-patterns'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { ScrollBox } from '@/components/ui/scroll-box'
import { sliText, spentText, targetText } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import { type QuarterRow, SPENT_KINDS, SPENT_WORDS } from '@/lib/priority/planning'
import { shownSpent } from '@/lib/priority/planning-words'
import type { UnixSeconds } from '@/lib/time-series/units'

/** How each objective went, and who spent its budget; the parts of a row add up to what was spent. */
export function QuarterTable({ rows, now }: { rows: QuarterRow[]; now: UnixSeconds }) {
  const kinds = SPENT_KINDS.filter((kind) => kind === 'unexplained' || rows.some(({ spent }) => spent[kind] !== 0))
  return (
    <section className="panel d-panel" aria-labelledby="objectives-title">
      <SvgPatterns />
      <header className="d-panel-head">
        <h2 id="objectives-title">Objectives and budgets</h2>
        <span>of the quarter’s budget, percent; causes add up to what was spent</span>
      </header>
      <ScrollBox className="pl-scroll" label="Each objective">
        <table className="d-table pl-table">
          <thead>
            <tr>
              <th scope="col">SLO</th>
              <th scope="col">Met</th>
              <th scope="col">Target</th>
              <th scope="col">SLI</th>
              <th scope="col">Spent</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col">
                  <CauseMark kind={kind} /> {SPENT_WORDS[kind]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.slo.id} row={row} kinds={kinds} now={now} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  )
}

function Row({ row, kinds, now }: { row: QuarterRow; kinds: (typeof SPENT_KINDS)[number][]; now: UnixSeconds }) {
  const { slo, service, target, sli, consumed, met, spent, since } = row
  const shown = consumed === null ? null : shownSpent(spent, consumed)
  return (
    <tr className={met === false ? 'pl-missed' : ''}>
      <th scope="row">
        <Link href={`/slos/${slo.id}`}>{slo.name}</Link>{' '}
        <span>
          {service.name}
          {since === null ? '' : `, since ${dayText(since, now)}`}
        </span>
      </th>
      <td>
        <Met met={met} />
      </td>
      <td>
        {targetText(target)}
        <span className="u">%</span>
      </td>
      <td>
        {sliText(sli)}
        {sli === null ? null : <span className="u">%</span>}
      </td>
      <td className="pl-spent">
        {spentText(consumed)}
        {consumed === null ? null : <span className="u">%</span>}
      </td>
      {kinds.map((kind) => (
        <td key={kind}>{shown?.[kind]}</td>
      ))}
    </tr>
  )
}

function Met({ met }: { met: boolean | null }) {
  if (met === null) return <span className="pl-met">not judged</span>
  return (
    <span className="pl-met">
      <Icon name={met ? 'check' : 'cross'} />
      {met ? 'met' : 'missed'}
    </span>
  )
}
