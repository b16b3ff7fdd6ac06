import { PrintButton } from '@/components/service/print-button'
import { dayText, instantText } from '@/lib/format-time'
import type { Planning } from '@/lib/priority/planning'
import { answerText } from '@/lib/priority/planning-words'
import { quarterText } from '@/lib/priority/quarter'
import type { UnixSeconds } from '@/lib/time-series/units'
import { LargestCauses, ToilOfTeam, TopPriorities, WaiversUsed } from './planning-parts'
import { QuarterTable } from './quarter-table'
import { SplitPanel } from './split-panel'

type Props = { view: Planning; may: boolean; now: UnixSeconds }

/** A team's quarter on one page, to look at together, to print and to take along. */
export function PlanningPage({ view, may, now }: Props) {
  const { team, quarter, period, running, asOf } = view
  const address = `/api/v1/teams/${team.slug}/planning`
  const file = `${team.slug}-${quarter}`
  return (
    <article className="pl-page">
      <header className="pl-head">
        <h2>
          {team.name}, {quarterText(quarter)}
        </h2>
        <p className="pl-answer">{answerText(view)}</p>
        <p>
          {dayText(period.from, now)} to {dayText(period.to - 1, now)}, UTC
          {running && asOf !== null ? `; counted to ${instantText(asOf, now)}` : ''}.
        </p>
        <div className="pl-do">
          <a className="btn btn-sm" href={`${address}.md?quarter=${quarter}`} download={`${file}.md`}>
            Markdown
          </a>
          <a className="btn btn-sm" href={`${address}.csv?quarter=${quarter}`} download={`${file}.csv`}>
            CSV
          </a>
          <a className="btn btn-sm" href={`${address}?quarter=${quarter}`} download={`${file}.json`}>
            JSON
          </a>
          <PrintButton />
        </div>
      </header>
      <QuarterTable rows={view.rows} now={now} />
      <div className="pl-columns">
        <div>
          <SplitPanel key={view.plan?.version ?? 0} view={view} may={may} now={now} />
          <WaiversUsed waivers={view.waivers} now={now} />
        </div>
        <div>
          <TopPriorities rows={view.top} />
          <LargestCauses causes={view.largest} />
          <ToilOfTeam toil={view.toil} />
        </div>
      </div>
    </article>
  )
}
