import type { Metadata } from 'next'
import { TopBar } from '@/components/frame/top-bar'
import { SpecificationPage } from '@/components/service/specification-page'
import { personOf } from '@/lib/auth/actor'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { serviceSpecification } from '@/lib/service/reads-specification'

export const metadata: Metadata = { title: 'SLO specification' }

type Props = { params: Promise<{ slug: string }> }

export default async function SpecificationRoute({ params }: Props) {
  const actor = await requireActorForPage()
  const { slug } = await params
  const specification = await orNotFound(() => serviceSpecification(actor, slug))
  const parents = [
    { href: '/services', name: 'Services' },
    { href: `/services/${slug}`, name: specification.name },
  ]
  return (
    <>
      <TopBar title="Specification" parents={parents} person={personOf(actor)} />
      <main id="content" className="content">
        <SpecificationPage specification={specification} />
      </main>
    </>
  )
}
