import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, type Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { windowText } from '../slo/definition-diff'
import type { Indicator } from '../slo/indicator'
import type { SloState } from '../slo/state'
import { windowSchema } from '../slo/window'
import { CRITICALITIES, type JourneySlo, type JourneyView } from './journey'
import { canReadJourneys } from './policy'
import type { JourneyInput } from './schema'

const WHO = 'Only people who are signed in may read journeys.'
const SLO = { include: { service: true, status: true } } as const
const ROW = {
  resultSlo: SLO,
  steps: { include: { slo: SLO }, orderBy: { position: 'asc' } },
} as const

type Row = Awaited<ReturnType<typeof findAll>>[number]
type SloRow = NonNullable<Row['resultSlo']>
const findAll = () => db().journey.findMany({ include: ROW, orderBy: { name: 'asc' } })

const keyOf = ({ service, slug }: { service: { slug: string }; slug: string }): string => `${service.slug}/${slug}`

function sloOf(row: SloRow | null): JourneySlo | null {
  if (!row) return null
  const indicator = row.indicator as Indicator
  const gone = row.deletedAt !== null || row.lifecycle === 'draft'
  return {
    id: row.id,
    key: keyOf(row),
    name: row.name,
    service: row.service.name,
    target: row.target,
    window: windowText(windowSchema.parse(row.window)),
    state: gone ? null : ((row.status?.state ?? null) as SloState | null),
    remaining: gone ? null : (row.status?.remaining ?? null),
    since: row.status?.since ?? null,
    rule: indicator.kind === 'composite' ? indicator.rule : null,
    gone,
  }
}

function viewOf({ resultSlo, steps, ...row }: Row): JourneyView {
  const counted = resultSlo?.indicator as Indicator | undefined
  const members = counted?.kind === 'composite' ? counted.members.map(({ service, slo }) => `${service}/${slo}`) : []
  const instants = [resultSlo, ...steps.map(({ slo }) => slo)].flatMap((slo) => slo?.status?.ts ?? [])
  return {
    slug: row.slug,
    name: row.name,
    criticality: row.criticality,
    description: row.description,
    businessImpact: row.businessImpact,
    version: row.version,
    result: sloOf(resultSlo),
    asOf: instants.length > 0 ? Math.max(...instants) : null,
    steps: steps.map(({ name, sliType, threshold, slo }) => ({
      ...{ name, sliType, threshold },
      slo: sloOf(slo),
      inResult: slo !== null && members.includes(keyOf(slo)),
    })),
  }
}

/** All journeys, the most critical first. */
export async function listJourneys(actor: Actor): Promise<JourneyView[]> {
  authorize(canReadJourneys(actor), WHO)
  const rank = ({ criticality }: JourneyView) => CRITICALITIES.indexOf(criticality)
  return (await findAll()).map(viewOf).sort((a, b) => rank(a) - rank(b))
}

/** One journey. Throws NOT_FOUND. */
export async function journeyDetail(actor: Actor, slug: string): Promise<JourneyView> {
  authorize(canReadJourneys(actor), WHO)
  const row = await db().journey.findUnique({ where: { slug }, include: ROW })
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no journey “${slug}”.`)
  return viewOf(row)
}

/** A stored journey in the shape people edit. */
export const inputOf = ({ slug, name, criticality, description, businessImpact, steps, result }: JourneyView): JourneyInput => ({
  ...{ slug, name, criticality, description, businessImpact },
  steps: steps.map(({ slo, name: step, sliType, threshold }) => ({ name: step, sliType, threshold, slo: slo?.key ?? null })),
  result: result?.key ?? null,
})

/** Every other journey, as far as it could overlap. */
export async function otherJourneys(on: Pick<Transaction, 'journey'>, slug: string | null) {
  const rows = await on.journey.findMany({
    where: slug === null ? {} : { slug: { not: slug } },
    select: {
      slug: true,
      name: true,
      steps: { orderBy: { position: 'asc' }, select: { slo: { select: { slug: true, service: { select: { slug: true } } } } } },
    },
  })
  return rows.map(({ steps, ...row }) => ({ ...row, slos: steps.flatMap(({ slo }) => (slo ? keyOf(slo) : [])) }))
}
