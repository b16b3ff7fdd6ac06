import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { NoDefining } from '@/components/slo/editor/no-defining'
import { SloEditor } from '@/components/slo/editor/slo-editor'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canDefineSlo } from '@/lib/slo/policy'
import { newSloStart } from '@/lib/slo/reads-editor'
import { newSloParamsSchema } from '@/lib/slo/schema'

export const metadata: Metadata = { title: 'New SLO' }

type Props = { searchParams: Promise<Record<string, string>> }

export default async function NewSloPage({ searchParams }: Props) {
  const actor = await requireActorForPage()
  const from = newSloParamsSchema.catch({}).parse(await searchParams)
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
          <NoDefining />
        )}
      </main>
    </>
  )
}
