import { describe, expect, it } from 'vitest'
import { db } from '../db/client'
import { deleteBudgetPolicy } from '../policy/commands'
import { apply, counted, freshPortal, OWNER, plan, serviceFile, sloFile, told } from './gitops-fixture'

freshPortal()

describe('error-budget policies of files', () => {
  const steps = (threshold: number) => `error_budget_policies:
  strict-one:
    steps:
      - { name: 1 hour, burn_rate_threshold: ${threshold}, alert: true, window: 3600, message_alert: Page., message_ok: Fine. }
      - { name: 28 days, burn_rate_threshold: 1, alert: false, window: 2419200, message_alert: Freeze., message_ok: Fine. }
`
  const slo = `apiVersion: sre.google.com/v2
kind: ServiceLevelObjective
metadata: { name: shop-requests, labels: { service_name: shop, feature_name: requests, slo_name: availability } }
spec:
  description: Answers.
  backend: prometheus
  method: query_sli
  exporters: []
  error_budget_policy: strict-one
  service_level_indicator: { expression: 'sum(rate(r{code!~"5.."}[window])) / sum(rate(r[window]))' }
  goal: 0.99
`
  it('are made, assigned to their SLOs, changed in words, managed, and pruned', async () => {
    await apply({ 'a.yaml': steps(9), 'b.yaml': slo }, { team: 'payments' })
    const { id } = await db().slo.findFirstOrThrow()
    const holds = () => db().errorBudgetPolicyAssignment.findFirst({ where: { sloId: id }, include: { policy: true } })
    expect((await holds())?.policy).toMatchObject({ slug: 'strict-one', managedBy: 'shop/slos', version: 1 })
    await expect(deleteBudgetPolicy(OWNER, { slug: 'strict-one', version: 1 })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(told(await plan({ 'a.yaml': steps(9), 'b.yaml': slo }))).toEqual([])
    const changed = steps(9).replace('Freeze.', 'Stop.')
    const found = await apply({ 'a.yaml': changed, 'b.yaml': slo })
    expect(found.items.find(({ kind }) => kind === 'budget-policy')?.changes.join()).toContain('Stop.')
    expect((await holds())?.policy).toMatchObject({ version: 2 })
    await apply({ 'x.yaml': serviceFile('shop'), 'y.yaml': sloFile('other') }, { prune: true })
    expect(await db().errorBudgetPolicy.count({ where: { preset: false } })).toBe(0)
  })
})

describe('an SLO made of SLOs', () => {
  const part = (name: string, target: number) => `    - displayName: ${name}
      target: ${target}
      indicator:
        metadata: { name: ${name} }
        spec:
          ratioMetric:
            counter: true
            good: { metricSource: { type: Prometheus, spec: { query: 'sum(rate(r{p="${name}",code!~"5.."}[5m]))' } } }
            total: { metricSource: { type: Prometheus, spec: { query: 'sum(rate(r{p="${name}"}[5m]))' } } }
`
  const file = (days: number) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: journey }
spec:
  service: shop
  timeWindow: [{ duration: ${days}d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives:
${part('first', 0.99)}${part('second', 0.98)}`

  it('is written after its members, and shares their window when that changes', async () => {
    const made = await apply({ 'a.yaml': serviceFile('shop'), 'b.yaml': file(28) })
    expect(made.counts.create).toBe(4)
    const found = await apply({ 'a.yaml': serviceFile('shop'), 'b.yaml': file(14) })
    expect(found.counts.change).toBe(3)
    const windows = (await db().slo.findMany()).map(({ window }) => window)
    expect(windows).toEqual(Array(3).fill({ kind: 'rolling', days: 14 }))
  })

  it('keeps its members from going another way alone', async () => {
    await apply({ 'a.yaml': serviceFile('shop'), 'b.yaml': file(28) })
    const members = (await db().slo.findMany({ orderBy: { id: 'asc' } })).map(({ slug }) => slug)
    const alone = sloFile(members[0] as string, { days: 7 })
    const before = await counted()
    await expect(apply({ 'b.yaml': alone })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('window'),
    })
    expect(await counted()).toEqual(before)
  })
})
