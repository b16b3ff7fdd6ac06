import { describe, expect, it } from 'vitest'
import { NO_ALERTS, TWO_TIER, WORKBOOK } from '../alert/presets'
import { db } from '../db/client'
import { renderRules } from '../prometheus-rules/render'
import { rulesOf } from '../prometheus-rules/rules'
import { alerts, apply, type Files, freshPortal, person, plan, serviceFile, sloFile, told } from './gitops-fixture'
import { opensloOf } from './openslo/write'
import { portableOf } from './portable'
import { readFiles } from './read-files'
import { portableSlos } from './reads'

freshPortal()

const ENGINEER = person('engineer')
const exported = async () => opensloOf(await portableSlos(ENGINEER))
const rules = (portable: Parameters<typeof rulesOf>[0]) => renderRules(rulesOf(portable), 'prometheus', 'all')
const FILES: Files = {
  'a.yaml': serviceFile('shop'),
  'b.yaml': sloFile('availability'),
  'c.yaml': sloFile('orders', { alerts: alerts(14.4) }),
  'd.yaml': sloFile('search'),
  'e.yaml': sloFile('quiet'),
}

/** Everything that may say how an SLO alerts: its tier, itself by a policy of its own, by a shared one, and by a preset. */
async function alertedInEveryWay(): Promise<void> {
  await apply(FILES, { owner: null })
  const idOf = async (slug: string) => (await db().slo.findFirstOrThrow({ where: { slug } })).id
  const presetOf = (slug: string) => db().alertPolicy.findUniqueOrThrow({ where: { slug } })
  const { settings } = WORKBOOK
  const shared = await db().alertPolicy.create({
    data: { slug: 'ours', name: 'Ours', settings: { ...settings, pairs: settings.pairs.slice(0, 1) } },
  })
  const assign = (scope: string, policyId: number, sloId?: number) =>
    db().alertPolicyAssignment.create({ data: { scope, policyId, ...(sloId !== undefined && { sloId }) } })
  await assign('tier:critical', (await presetOf(TWO_TIER.slug)).id)
  await assign(`slo:${await idOf('search')}`, shared.id, await idOf('search'))
  await assign(`slo:${await idOf('quiet')}`, (await presetOf(NO_ALERTS.slug)).id, await idOf('quiet'))
}

describe('what the portal exports', () => {
  it('is no change when it is read back, also for those who may not decide about policies', async () => {
    await alertedInEveryWay()
    const files = { 'all.yaml': await exported() }
    const found = await plan(files, { owner: null }, ENGINEER)
    expect(found).toMatchObject({ ok: true, faults: [] })
    expect(told(found)).toEqual([])
  })

  it('gives the rules of the portal, with the alerts that it assigns', async () => {
    await alertedInEveryWay()
    const { declared, faults } = readFiles([{ name: 'all.yaml', content: await exported() }], { whole: true })
    expect(faults).toEqual([])
    const there = await portableSlos(ENGINEER)
    expect(there.slos.map(({ alertingUnsaid = false }) => alertingUnsaid)).toEqual([true, false, false, false])
    expect(rules(portableOf(declared))).toBe(rules(there))
  })

  it('leaves to another portal what that assigns', async () => {
    await alertedInEveryWay()
    const text = await exported()
    await db().$executeRaw`TRUNCATE slo, service, alert_policy_assignment CASCADE`
    await apply({ 'all.yaml': text }, { owner: null, team: 'payments' })
    const scopes = await db().alertPolicyAssignment.findMany({ select: { slo: { select: { slug: true } } } })
    expect(scopes.map(({ slo }) => slo?.slug).sort()).toEqual(['orders', 'quiet', 'search'])
  })
})
