import { cache } from 'react'
import type { ReportHead } from '@/components/report/report-page'
import { loadRevision } from '@/components/report/search-params'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import type { Report } from '@/lib/report/document'
import { readRevisions } from '@/lib/report/reads'
import { reportFile } from '@/lib/report/reads-file'
import { reportKey } from '@/lib/report/reads-one'

export type Props = {
  params: Promise<{ service: string; month: string }>
  searchParams: Promise<Record<string, string | string[]>>
}

/** Read once for the answer's status, the title and the page. */
const read = cache((service: string, month: string, revision: number | null) =>
  orNotFound(async () => {
    const actor = await requireActorForPage()
    const key = reportKey({ service, month }, revision === null ? {} : { revision: String(revision) })
    const { report, html } = await reportFile(actor, key)
    return { head: headOf(report), html, revisions: await readRevisions(actor, key) }
  }),
)

export async function loadReport({ params, searchParams }: Props) {
  const { service, month } = await params
  return read(service, month, (await loadRevision(searchParams)).revision)
}

function headOf({ id, revision, changes, builtAt, builtBy, hash, document }: Report): ReportHead {
  const own = document.kind === 'service' ? document.service : null
  return {
    ...{ service: own?.slug ?? null, name: own?.name ?? 'All services', month: document.month, zone: document.zone },
    ...{ id, revision, changes, builtAt, builtBy, hash },
    runningTo: document.asOf < document.period.to ? document.asOf : null,
  }
}
