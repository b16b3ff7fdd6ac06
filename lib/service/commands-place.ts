import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { slugOf } from '../slo/definition-input'
import type { ServiceDefinition, ServiceRecord } from './definition-input'
import { cycleText, cycleThrough } from './dependency-graph'

/** A definition with everything it names found: team, people, services. */
export type Placed = {
  record: ServiceRecord
  teamId: number
  sloOwnerId: string | null
  productOwnerId: string | null
  dependencyIds: number[]
}

export const refuseAt = (path: string, message: string): HeadroomError =>
  new HeadroomError('INVALID_INPUT', message, [{ path, message }])

/** Finds what a definition names, or refuses it at the field. Runs inside the transaction that writes it. */
export async function placeService(
  tx: Transaction,
  actor: Actor,
  { team, newTeam, ...definition }: ServiceDefinition,
  before?: ServiceRecord,
): Promise<Placed> {
  const dependencies = [...new Set(definition.dependencies)].sort()
  const dependencyIds = await servicesNamed(tx, definition.slug, dependencies)
  await mustNotCycle(tx, definition.slug, dependencies)
  const sloOwnerId = await personNamed(tx, 'sloOwner', definition.sloOwner, before?.sloOwner)
  const productOwnerId = await personNamed(tx, 'productOwner', definition.productOwner, before?.productOwner)
  const { id: teamId, slug } = newTeam ? await makeTeam(tx, actor, newTeam) : await teamNamed(tx, team ?? '')
  return { record: { ...definition, team: slug, dependencies }, teamId, sloOwnerId, productOwnerId, dependencyIds }
}

async function servicesNamed(tx: Transaction, slug: string, dependencies: string[]): Promise<number[]> {
  if (dependencies.includes(slug))
    throw refuseAt('dependencies', `A service cannot depend on itself: ${cycleText([slug, slug])}.`)
  const found = await tx.service.findMany({ where: { slug: { in: dependencies } }, select: { id: true, slug: true } })
  const unknown = dependencies.find((name) => !found.some((service) => service.slug === name))
  if (unknown !== undefined) throw refuseAt('dependencies', `There is no service “${unknown}”. Take it out, or define it first.`)
  return found.map(({ id }) => id)
}

/** Who needs whom now. */
export async function serviceGraph(tx: Transaction): Promise<Map<string, string[]>> {
  const rows = await tx.serviceDependency.findMany({
    select: { service: { select: { slug: true } }, dependsOn: { select: { slug: true } } },
  })
  const graph = new Map<string, string[]>()
  for (const { service, dependsOn } of rows) graph.set(service.slug, [...(graph.get(service.slug) ?? []), dependsOn.slug])
  return graph
}

async function mustNotCycle(tx: Transaction, slug: string, dependencies: string[]): Promise<void> {
  const cycle = cycleThrough((await serviceGraph(tx)).set(slug, dependencies), slug)
  if (cycle) throw refuseAt('dependencies', `These depend on each other: ${cycleText(cycle)}. Take one arrow out.`)
}

/** Whoever cannot come in any more can stay an owner, but not become one. */
async function personNamed(
  tx: Transaction,
  path: string,
  email: string | null,
  before: string | null | undefined,
): Promise<string | null> {
  if (email === null) return null
  const person = await tx.user.findUnique({ where: { email }, select: { id: true, disabledAt: true } })
  if (!person || (person.disabledAt && email !== before))
    throw refuseAt(path, `Nobody with the address ${email} works here. Choose a person of the list.`)
  return person.id
}

async function teamNamed(tx: Transaction, slug: string): Promise<{ id: number; slug: string }> {
  const team = await tx.team.findUnique({ where: { slug }, select: { id: true, slug: true } })
  if (!team) throw refuseAt('team', `There is no team “${slug}”. Choose one of the list, or name a new one.`)
  return team
}

async function makeTeam(tx: Transaction, actor: Actor, name: string): Promise<{ id: number; slug: string }> {
  const slug = slugOf(name)
  if (slug === '') throw refuseAt('newTeam', 'Give the team a name with letters or digits.')
  const taken = await tx.team.findUnique({ where: { slug }, select: { name: true } })
  if (taken) throw refuseAt('newTeam', `There is a team “${taken.name}” already. Choose it from the list.`)
  const { id } = await tx.team.create({ data: { slug, name } })
  await recordAudit(tx, actor, { action: 'team.create', entityType: 'team', entityId: slug, after: { name } })
  return { id, slug }
}
