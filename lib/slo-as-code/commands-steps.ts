import 'server-only'
import { insertAlertPolicy, putAlertPolicy, writeAlertPolicy } from '../alert/commands-write'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { insertBudgetPolicy, putBudgetPolicy, removeBudgetPolicy, writeBudgetPolicy } from '../policy/commands-write'
import type { ServiceDeclared } from '../service/managed'
import {
  asJson,
  bringBackSlo,
  insertSlo,
  type Ownership,
  ownershipOf,
  type Prepared,
  removeSlo,
  writeSlo,
} from '../slo/commands-write'
import type { UnixSeconds } from '../time-series/units'
import { about } from './about'
import { dropOwn, freeNames } from './commands-own-alerts'
import { releaseService } from './commands-release'
import { writeServices } from './commands-services'
import { keyOf, type OwnPolicy } from './facts'
import { membersFirst } from './members-first'
import type { DeclaredThen } from './plan'
import type { Does, Step } from './steps'

const CHANGED = 'Somebody changed this meanwhile. Plan again.'
const conflict = (key: string): HeadroomError => new HeadroomError('CONFLICT', `${key}: ${CHANGED}`)
type Of<Kind extends Does['does']> = Extract<Does, { does: Kind }>
type Work = { owner: string | null; now: UnixSeconds; prepared: Map<number, Prepared> }

/** Writes the steps of a plan inside one transaction: whatever throws undoes all of them. */
export class Applying {
  private readonly ids = new Map<string, number>()
  private readonly sources = new Map<string, number>()
  private readonly composites = new Set<string>()

  constructor(
    private readonly tx: Transaction,
    private readonly actor: Actor,
    private readonly work: Work,
  ) {}

  /** In an order that lets each find what it names: services, policies, SLOs, those made of SLOs, then what holds for them. */
  async all(steps: Step[]): Promise<void> {
    const does = steps.flatMap((step) => step.does)
    const of = <Kind extends Does['does']>(kind: Kind) => does.filter((one): one is Of<Kind> => one.does === kind)
    for (const { id, name } of await this.tx.dataSource.findMany({ select: { id: true, name: true } })) this.sources.set(name, id)
    for (const { item } of steps) if (item.kind === 'slo' && item.sloId !== null) this.ids.set(item.key, item.sloId)
    await writeServices(this.tx, this.actor, [...of('create-service'), ...of('change-service')], {
      ownershipOf: (declared) => this.ownership(declared),
      conflict,
    })
    for (const { slug } of of('release-service'))
      if (!(await releaseService(this.tx, this.actor, { slug, owner: this.work.owner }))) throw conflict(slug)
    for (const { policy } of of('create-budget-policy')) await insertBudgetPolicy(this.tx, this.actor, policy, this.work.owner)
    for (const one of of('change-budget-policy')) await this.changeBudgetPolicy(one)
    for (const { fact } of of('delete-slo')) {
      const { id, version, managedBy } = fact
      await removeSlo(this.tx, this.actor, { id, version, seen: managedBy })
    }
    const slos = membersFirst([...of('create-slo'), ...of('change-slo')])
    // These check their members anew when they are written; one that stays as it is keeps its members as they are.
    for (const one of slos)
      if (one.definition.indicator.kind === 'composite' && (one.does === 'create-slo' || one.changes.length > 0))
        this.composites.add(keyOf(one.definition))
    for (const one of slos) await this.writeOne(one)
    for (const { key, own, preset } of of('put-alerts')) await this.presetAlerts(key, own, preset)
    for (const one of of('put-own-alerts')) await this.ownAlerts(one)
    for (const { key, own } of of('take-alerts-off')) await this.alertsOff(key, own)
    for (const { key, policy } of of('put-budget-policy')) await this.budgetPolicy(key, policy)
    for (const { fact } of of('delete-budget-policy')) await this.deleteBudgetPolicy(fact)
  }

  private writeOne(one: Of<'create-slo'> | Of<'change-slo'>): Promise<void> {
    const written = one.does === 'create-slo' ? this.createSlo(one) : this.changeSlo(one)
    return written.catch(about(keyOf(one.definition)))
  }

  private ownership(asDeclared: DeclaredThen | ServiceDeclared): Ownership {
    const { owner } = this.work
    return { managedBy: owner, declared: owner === null ? null : asJson(asDeclared) }
  }

  private sourceId(name: string): number {
    const id = this.sources.get(name)
    if (id === undefined) throw conflict(name)
    return id
  }

  private async createSlo({ definition, asDeclared }: Of<'create-slo'>): Promise<void> {
    const made = {
      lifecycle: 'active' as const,
      sourceId: this.sourceId(definition.dataSource),
      ownership: this.ownership(asDeclared),
    }
    this.ids.set(keyOf(definition), await insertSlo(this.tx, this.actor, definition, made))
  }

  private async changeSlo({ fact, definition, asDeclared, changes }: Of<'change-slo'>): Promise<void> {
    const { id, managedBy: seen, version } = fact
    const ownership = this.ownership(asDeclared)
    if (fact.deleted) await bringBackSlo(this.tx, this.actor, { id, seen })
    if (changes.length === 0) return this.keepSlo({ fact, asDeclared })
    const known = this.work.prepared.get(id) ?? {
      ...{ id, version, before: fact.definition, definition, changes, effect: null, otherwise: false, seen },
      ...{ past: 'measure-again' as const, sourceId: this.sourceId(definition.dataSource) },
      lifecycle: { before: fact.lifecycle, after: 'active' as const },
    }
    if ((await writeSlo(this.tx, this.actor, { ...known, version, seen, ownership, along: this.composites })) === null)
      throw conflict(fact.key)
  }

  /** Nothing of the definition changes: whose it is, and what the files said of it. */
  private async keepSlo({ fact, asDeclared }: Pick<Of<'change-slo'>, 'fact' | 'asDeclared'>): Promise<void> {
    const { id, version, managedBy } = fact
    const { owner } = this.work
    const { count } = await this.tx.slo.updateMany({
      where: { id, version, managedBy, deletedAt: null },
      data: ownershipOf(this.ownership(asDeclared)),
    })
    if (count === 0) throw conflict(fact.key)
    if (owner !== managedBy)
      await recordAudit(this.tx, this.actor, {
        ...{ action: 'slo.adopt', entityType: 'slo', entityId: id },
        ...{ before: { managedBy }, after: { managedBy: owner } },
      })
  }

  private async changeBudgetPolicy({ fact, policy, changes }: Of<'change-budget-policy'>): Promise<void> {
    const { id, version, input, managedBy } = fact
    const change = { id, version, before: input, policy, changes }
    if (changes.length > 0 && !(await writeBudgetPolicy(this.tx, this.actor, change, this.work.now))) throw conflict(policy.slug)
    if (managedBy === this.work.owner) return
    await this.tx.errorBudgetPolicy.update({ where: { id }, data: { managedBy: this.work.owner } })
    if (changes.length > 0) return
    await recordAudit(this.tx, this.actor, {
      ...{ action: 'error_budget_policy.adopt', entityType: 'error_budget_policy', entityId: id },
      ...{ before: { managedBy }, after: { managedBy: this.work.owner } },
    })
  }

  private async deleteBudgetPolicy(fact: Of<'delete-budget-policy'>['fact']): Promise<void> {
    const { id, version, input } = fact
    const used = await this.tx.errorBudgetPolicyAssignment.count({ where: { policyId: id } })
    if (used > 0)
      throw new HeadroomError(
        'CONFLICT',
        `The error-budget policy “${input.name}” still holds somewhere. Assign another one there first.`,
      )
    await removeBudgetPolicy(this.tx, this.actor, { id, version, before: input })
  }

  private place(key: string): { scope: string; sloId: number } {
    const sloId = this.ids.get(key)
    if (sloId === undefined) throw conflict(key)
    return { scope: `slo:${sloId}`, sloId }
  }

  private async presetAlerts(key: string, own: OwnPolicy | null, preset: string): Promise<void> {
    const found = await this.tx.alertPolicy.findUnique({ where: { slug: preset } })
    if (!found) throw conflict(preset)
    await putAlertPolicy(this.tx, this.actor, this.place(key), found)
    await dropOwn(this.tx, this.actor, own)
  }

  private async ownAlerts({ key, own, settings, changes }: Of<'put-own-alerts'>): Promise<void> {
    const place = this.place(key)
    const policy = own ? { ...own.input, settings } : await freeNames(this.tx, key, settings)
    const id = own?.id ?? (await insertAlertPolicy(this.tx, this.actor, policy, place.sloId))
    const change = own && changes.length > 0 ? { id, version: own.version, before: own.input, policy, changes } : null
    if (change && !(await writeAlertPolicy(this.tx, this.actor, change, this.work.now))) throw conflict(key)
    const assigned = await this.tx.alertPolicyAssignment.findUnique({ where: { scope: place.scope }, select: { policyId: true } })
    if (assigned?.policyId !== id) await putAlertPolicy(this.tx, this.actor, place, { id, slug: policy.slug })
  }

  private async alertsOff(key: string, own: OwnPolicy | null): Promise<void> {
    await putAlertPolicy(this.tx, this.actor, this.place(key), null)
    await dropOwn(this.tx, this.actor, own)
  }

  private async budgetPolicy(key: string, slug: string | null): Promise<void> {
    const found =
      slug === null ? null : await this.tx.errorBudgetPolicy.findUnique({ where: { slug }, select: { id: true, slug: true } })
    if (slug !== null && !found) throw conflict(slug)
    await putBudgetPolicy(this.tx, this.actor, this.place(key), found)
  }
}
