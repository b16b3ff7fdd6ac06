import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { WhatIfPage } from '@/components/slo/what-if/what-if-page'
import { EmptyState } from '@/components/ui/empty-state'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { canDefineSlo } from '@/lib/slo/policy'
import { whatIfStart } from '@/lib/slo/reads-what-if'
import { sloIdSchema } from '@/lib/slo/schema'

export const metadata: Metadata = { title: 'What if' }

type Props = { params: Promise<{ id: string }> }

export default async function WhatIfRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const { id } = await params
  const { service, name, start } = await orNotFound(() => whatIfStart(actor, sloIdSchema.parse(id)))
  return (
    <>
      <TopBar
        title="What if"
        parents={[
          { href: `/services/${service.slug}`, name: service.name },
          { href: `/slos/${id}`, name },
        ]}
        person={personOf(actor)}
      />
      <main id="content" className="content">
        {start ? (
          <WhatIfPage start={start} may={canDefineSlo(actor)} />
        ) : (
          <EmptyState title="Nothing to compare yet">History is still being read. Come back in a minute.</EmptyState>
        )}
      </main>
    </>
  )
}
