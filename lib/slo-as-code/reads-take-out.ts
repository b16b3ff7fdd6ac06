import 'server-only'
import type { Actor } from '../auth/actor'
import { env } from '../env'
import { HeadroomError } from '../errors'
import type { Portable, PortableSlo } from './portable'
import { portableSlos } from './reads'
import { type Taken, type TakenFile, takenOf } from './take-out'
import { TAKEN_KINDS, type TakenKind } from './taken-kind'

export type SloTakeOut = {
  alone: Taken[]
  /** with the SLOs that a composite is made of; `null`: it is none */
  together: { members: { service: string; slo: string }[]; taken: Taken[] } | null
}

/** One SLO as every kind of file. A draft is measured by nobody, so there is nothing to take. */
export async function takeOutOfSlo(actor: Actor, id: number): Promise<SloTakeOut | null> {
  const portable = await portableSlos(actor, { ids: [id] })
  const [own] = portable.slos
  if (!own) return null
  const { service, slug } = own.definition
  const whole = await portableSlos(actor, { services: [service] })
  const all = await portableSlos(actor, { needed: true })
  // Grafana has one dashboard for a service, an Alertmanager one list: those of a single SLO would take their place.
  const among = { dashboard: whole, inhibition: all }
  const every = (what: Portable) =>
    TAKEN_KINDS.map((kind) =>
      takenOf(kind, {
        portable: kind === 'dashboard' || kind === 'inhibition' ? among[kind] : what,
        name: `${service}-${slug}`,
        service,
        part: true,
        portal: portal(),
      }),
    )
  const members = await membersOf(actor, own)
  return {
    alone: every(portable),
    together:
      members.length === 0
        ? null
        : {
            members: members.map(({ definition }) => ({ service: definition.service, slo: definition.slug })),
            taken: every(await portableOfSlos(actor, [...members, own])),
          },
  }
}

const portal = (): string => env().NEXTAUTH_URL

const keyOf = ({ definition: { service, slug } }: PortableSlo): string => `${service}/${slug}`

/** All that a composite needs, members of members as well; each before whatever needs it. */
async function membersOf(actor: Actor, composite: PortableSlo): Promise<PortableSlo[]> {
  const found = new Map<string, PortableSlo>()
  let open = [composite]
  while (open.length > 0) {
    const wanted = open.flatMap(({ definition: { indicator } }) =>
      indicator.kind === 'composite' ? indicator.members.map(({ service, slo }) => `${service}/${slo}`) : [],
    )
    const missing = wanted.filter((key) => !found.has(key))
    if (missing.length === 0) break
    const { slos } = await portableSlos(actor, { services: [...new Set(missing.map((key) => key.split('/')[0] as string))] })
    open = slos.filter((slo) => missing.includes(keyOf(slo)))
    for (const slo of open) found.set(keyOf(slo), slo)
  }
  return [...found.values()].reverse()
}

async function portableOfSlos(actor: Actor, slos: PortableSlo[]): Promise<Portable> {
  const { services } = await portableSlos(actor, { services: [...new Set(slos.map(({ definition }) => definition.service))] })
  return { services, slos }
}

/** Everything that is measured, or a service's, as one file. */
export async function takeOutFile(
  actor: Actor,
  { kind, service }: { kind: TakenKind; service: string | null },
): Promise<TakenFile> {
  // Who needs whom leads through services of which nothing is measured as well.
  const portable = await portableSlos(
    actor,
    kind === 'inhibition' || (kind === 'openslo' && service === null)
      ? { needed: true }
      : service === null
        ? {}
        : { services: [service] },
  )
  const [file] =
    portable.slos.length === 0 ? [] : takenOf(kind, { portable, name: service ?? 'headroom', service, portal: portal() }).files
  if (file) return file
  throw new HeadroomError('NOT_FOUND', service ? `${service} has no SLOs to take out.` : 'There are no SLOs to take out.')
}
