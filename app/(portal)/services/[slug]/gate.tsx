import { ServiceGate } from '@/components/decision/service-gate'
import { requireActorForPage } from '@/lib/auth/session'
import { canAskForRelease } from '@/lib/decision/policy'
import { serviceGate } from '@/lib/decision/reads-service'

/** What the release gate would say about this service now. */
export async function Gate({ slug, now }: { slug: string; now: number }) {
  const actor = await requireActorForPage()
  return <ServiceGate gate={await serviceGate(actor, slug, now)} service={slug} may={canAskForRelease(actor)} now={now} />
}
