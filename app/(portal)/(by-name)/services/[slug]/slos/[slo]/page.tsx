import { redirect } from 'next/navigation'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { sloNamed } from '@/lib/slo/reads'

type Props = { params: Promise<{ slug: string; slo: string }> }

/** The address of an SLO for whoever knows its names only: files, rules, dashboards. */
export default async function SloByName({ params }: Props) {
  const { slug, slo } = await params
  redirect(`/slos/${await orNotFound(async () => sloNamed(await requireActorForPage(), slug, slo))}`)
}
