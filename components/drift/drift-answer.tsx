import { DRIFT_STATES } from '@/lib/drift/drift'
import { type DriftReport, drifting } from '@/lib/drift/report'
import { plainCount } from '@/lib/drift/words'

/** The answer first: whether what runs and what is written is what the portal has. */
export function DriftAnswer({ report: { sources, sets } }: { report: DriftReport }) {
  const off = sources.reduce((sum, source) => sum + drifting(source), 0)
  const all = sources.reduce((sum, { counts }) => sum + DRIFT_STATES.reduce((n, state) => n + counts[state], 0), 0)
  const rest = sources.reduce((sum, { services, gone }) => sum + services.length + gone.length, 0)
  const unlike = sets.reduce((sum, set) => sum + set.drifting, 0)
  const services = sets.reduce((sum, set) => sum + set.driftingServices, 0)
  const silent = sources.filter(({ problem }) => problem !== null && problem !== 'no-rules')
  return (
    <p className="dr-answer">
      {all === 0 && rest === 0 ? (
        <>
          <b>No rules are exported.</b> No source has rules of Headroom loaded, so none are missing: the portal measures and
          alerts by itself.
        </>
      ) : off > 0 ? (
        <>
          <b>
            {off.toLocaleString('en-US')} of {plainCount(all, 'exported SLO')} {off === 1 ? 'drifts' : 'drift'}
          </b>{' '}
          from the rules that the portal writes.
        </>
      ) : rest > 0 ? (
        <b>All SLOs are in step; {plainCount(rest, 'other group is', 'other groups are')} not.</b>
      ) : (
        <b>All {plainCount(all, 'exported SLO')} are in step.</b>
      )}{' '}
      {sets.length === 0
        ? 'Files manage nothing here.'
        : unlike + services === 0
          ? 'Everything that files manage is as they said.'
          : `${changedText(unlike, services)} no longer what ${unlike + services === 1 ? 'its' : 'their'} files said.`}
      {silent.length === 0 ? '' : ` ${silent.map(({ name }) => name).join(', ')} did not answer; what is said of it is older.`}
    </p>
  )
}

/** "1 SLO and 2 services are" */
function changedText(slos: number, services: number): string {
  const parts = [...(slos > 0 ? [plainCount(slos, 'SLO')] : []), ...(services > 0 ? [plainCount(services, 'service')] : [])]
  return `${parts.join(' and ')} ${slos + services === 1 ? 'is' : 'are'}`
}
