import type { Metadata } from 'next'
import { z } from 'zod'
import { CorrectionList } from '@/components/correction/correction-list'
import { TopBar } from '@/components/frame/top-bar'
import { Link } from '@/components/ui/link'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canRequestCorrection } from '@/lib/correction/policy'
import { listCorrections } from '@/lib/correction/reads'

export const metadata: Metadata = { title: 'Corrections' }

const shownSchema = z.coerce.number().int().positive().nullable().catch(null)
type Props = { searchParams: Promise<{ shown?: string }> }

export default async function CorrectionsPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const now = Math.floor(Date.now() / 1000)
  const corrections = await listCorrections(actor, {}, now)
  const shown = shownSchema.parse((await searchParams).shown ?? null)
  const may = canRequestCorrection(actor)
  return (
    <>
      <TopBar title="Corrections" person={personOf(actor)}>
        {may ? (
          <Link className="btn btn-sm" href="/corrections/new">
            New correction
          </Link>
        ) : null}
      </TopBar>
      <main id="content" className="content">
        <CorrectionList corrections={corrections} now={now} shown={shown} may={may} />
      </main>
    </>
  )
}
