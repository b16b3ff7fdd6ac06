import type { Metadata } from 'next'
import { z } from 'zod'
import { TopBar } from '@/components/frame/top-bar'
import { SloEditor } from '@/components/slo/editor/slo-editor'
import { Forbidden } from '@/components/ui/forbidden'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canDefineSlo } from '@/lib/slo/policy'
import { newSloStart } from '@/lib/slo/reads-editor'
import { sloIdSchema } from '@/lib/slo/schema'

export const metadata: Metadata = { title: 'New SLO' }

const fromSchema = z.object({
  template: z.string().max(60).optional(),
  service: z.string().max(60).optional(),
  journey: z.string().max(60).optional(),
  clone: sloIdSchema.optional(),
})
type Props = { searchParams: Promise<Record<string, string>> }

export default async function NewSloPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const from = fromSchema.catch({}).parse(await searchParams)
  const start = canDefineSlo(actor) ? await orNotFound(() => newSloStart(actor, from)) : null
  return (
    <>
      <TopBar title="New SLO" parents={[{ href: '/templates', name: 'Templates' }]} person={personOf(actor)} />
      <main id="content" className="content">
        {start ? (
          <SloEditor
            key={`${from.template} ${from.service} ${from.clone} ${from.journey}`}
            start={start}
            template={from.template ?? null}
            journey={from.journey ?? null}
          />
        ) : (
          <Forbidden>Engineers, SLO owners and administrators define SLOs. You can read them all.</Forbidden>
        )}
      </main>
    </>
  )
}
