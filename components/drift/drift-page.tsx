import { EmptyState } from '@/components/ui/empty-state'
import type { DriftReport } from '@/lib/drift/report'
import type { DriftQuery } from '@/lib/drift/schema'
import type { UnixSeconds } from '@/lib/time-series/units'
import { CheckNow } from './check-now'
import { CopyCommand } from './copy-command'
import { DriftAnswer } from './drift-answer'
import { DriftTable, FileTable } from './drift-table'
import { SetList, SourceList } from './source-list'

type Props = { report: DriftReport; query: DriftQuery; may: boolean; why: string; now: UnixSeconds }

/** Whether what is loaded and what files say is what the portal has. */
export function DriftPage({ report, query, may, why, now }: Props) {
  const { sources, sets, files, services, matched } = report
  const exported = sources.some(({ loaded }) => loaded > 0)
  return (
    <div className="dr-page">
      <DriftAnswer report={report} />
      <section className="panel d-panel" aria-labelledby="dr-sources">
        <header className="d-panel-head">
          <h2 id="dr-sources">Sources</h2>
          <span>rules that they have loaded</span>
          <CheckNow may={may} why={why} />
        </header>
        {sources.length === 0 ? (
          <EmptyState title="No source yet">Rules are loaded by a Prometheus: connect one first.</EmptyState>
        ) : (
          <SourceList sources={sources} now={now} />
        )}
        {exported || sources.length === 0 ? null : (
          <p className="dr-how">
            Rules of SLOs that are written in files: <CopyCommand command="npx headroom rules slos/ --out rules/" />
          </p>
        )}
      </section>
      {exported || matched > 0 ? (
        <section className="panel d-panel" aria-labelledby="dr-slos">
          <header className="d-panel-head">
            <h2 id="dr-slos">Not in step{query.source ? ` in ${query.source}` : ''}</h2>
            <span>worst first</span>
          </header>
          <DriftTable report={report} query={query} now={now} />
        </section>
      ) : null}
      {sets.length === 0 ? null : (
        <section className="panel d-panel" aria-labelledby="dr-sets">
          <header className="d-panel-head">
            <h2 id="dr-sets">Sets of files</h2>
            <span>what they said when they were last applied</span>
          </header>
          <SetList sets={sets} now={now} />
          {files.length === 0 && services.length === 0 ? null : <FileTable files={files} services={services} />}
        </section>
      )}
    </div>
  )
}
