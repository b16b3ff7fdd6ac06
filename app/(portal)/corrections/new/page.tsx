import type { Metadata } from 'next'
import { z } from 'zod'
import { CorrectionForm } from '@/components/correction/correction-form'
import { TopBar } from '@/components/frame/top-bar'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { canRequestCorrection, WHO_REQUESTS } from '@/lib/correction/policy'
import { correctionStart } from '@/lib/correction/reads-form'
import { sloIdSchema } from '@/lib/slo/schema'

export const metadata: Metadata = { title: 'New correction' }

const fromSchema = z.object({ slo: sloIdSchema.optional(), service: z.string().max(60).optional() })
type Props = { searchParams: Promise<Record<string, string>> }

export default async function NewCorrectionPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const from = fromSchema.catch({}).parse(await searchParams)
  return (
    <>
      <TopBar title="New correction" parents={[{ href: '/corrections', name: 'Corrections' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {canRequestCorrection(actor) ? (
          <CorrectionForm start={await correctionStart(actor, from, Math.floor(Date.now() / 1000))} />
        ) : (
          <Forbidden>{WHO_REQUESTS}</Forbidden>
        )}
      </main>
    </>
  )
}
