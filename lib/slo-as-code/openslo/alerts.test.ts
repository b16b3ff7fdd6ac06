import { describe, expect, it } from 'vitest'
import { portableOf } from '../portable'
import { read } from '../read-fixture'
import { KEPT as SLO } from './openslo-fixture'
import { opensloOf } from './write'

/** Policies that were written never turn into pages that nobody wrote. */

type Written = { op?: string; threshold?: string; lookback?: string; breaching?: boolean; severity?: string; after?: string }
const policy = (name: string, { op = 'gte', threshold = '14', lookback = '1h', breaching = true, ...more }: Written = {}) => {
  const after = more.after ? `, alertAfter: ${more.after}` : ''
  return `    - kind: AlertPolicy
      metadata: {name: ${name}}
      spec:
        alertWhenBreaching: ${breaching}
        conditions:
          - kind: AlertCondition
            metadata: {name: burning}
            spec: {severity: ${more.severity ?? 'page'}, condition: {kind: burnrate, op: ${op}, threshold: ${threshold}, lookbackWindow: ${lookback}${after}}}
        notificationTargets: [{kind: AlertNotificationTarget, metadata: {name: t}, spec: {target: pager}}]
`
}
const alerting = (...policies: string[]) => `${SLO}  alertPolicies:\n${policies.join('')}`
const NONE = 'spec.alertPolicies: None of the alert policies can be kept: this SLO has no alerts.'
const told = (text: string, whole = false) => {
  const { declared, faults } = read(text, whole)
  const said = faults.filter(({ reason }) => !reason.startsWith('Notification targets'))
  return { alerting: declared.slos[0]?.alerting, declared, said: said.map(({ path, reason }) => `${path}: ${reason}`) }
}

describe('an SLO whose alert policies are all left out has no alerts', () => {
  const condition = 'spec.alertPolicies[0].spec.conditions[0].spec.condition'
  it.each<[string, Written, string]>([
    [
      'that do not alert of burning',
      { breaching: false },
      'spec.alertPolicies[0].spec.alertWhenBreaching: The policy does not alert while the budget burns: it is left out.',
    ],
    [
      'of a low burn rate, as the examples of the specification have it',
      { op: 'lte' },
      `${condition}.op: An alert on a burn rate that is low is left out: alerts are raised when it is high.`,
    ],
    ['from 0 on', { threshold: '0' }, `${condition}.threshold: A burn rate is always at or above 0: the condition is left out.`],
    ['below 0', { threshold: '-2' }, `${condition}.threshold: A burn rate is always at or above -2: the condition is left out.`],
    ['over no time', { lookback: '0h' }, `${condition}.lookbackWindow: Nothing burns within no time: the condition is left out.`],
    ['beyond all measure', { threshold: '1e9' }, `${condition}.lookbackWindow: The alerts are left out: `],
  ])('%s', (_, written, warning) => {
    const { alerting: kept, said } = told(alerting(policy('a', written)))
    expect(kept).toEqual({ kind: 'none' })
    expect(said).toContainEqual(expect.stringContaining(warning))
    expect(said.filter((text) => text === NONE)).toHaveLength(1)
  })
  it('where they are in no file', () => {
    const { alerting: kept, said } = told(alerting('    - alertPolicyRef: nowhere\n'))
    expect(kept).toEqual({ kind: 'none' })
    expect(said).toEqual([NONE, expect.stringContaining('There is no AlertPolicy “nowhere” in these files.')])
  })
  it('each with a warning of its own, and is written and read as such', () => {
    const { declared, said } = told(alerting(policy('a', { op: 'lt' }), policy('b', { threshold: '0' })))
    expect(said).toHaveLength(3)
    const written = opensloOf(portableOf(declared))
    expect(written).toContain('headroom.dev/alerting: none\n')
    expect(written).not.toContain('alertPolic')
    expect(told(written, true)).toMatchObject({ alerting: { kind: 'none' }, said: [] })
  })
})

describe('an SLO keeps', () => {
  it('the alerts that are understood, and loses the others alone', () => {
    const { alerting: kept, said } = told(alerting(policy('a', { op: 'lte' }), policy('b', { lookback: '6h' })))
    expect(kept).toMatchObject({ kind: 'policy', settings: { pairs: [{ long: 21_600, at: { burn: 14 } }] } })
    expect(said).toEqual([expect.stringContaining('An alert on a burn rate that is low is left out')])
  })
  it.each(['', '  alertPolicies: []\n'])('what the portal assigns where no policy is written: “%s”', (lines) =>
    expect(told(`${SLO}${lines}`)).toMatchObject({ alerting: { kind: 'default' }, said: [] }),
  )
  it('that it says nothing of alerts when it is written', () => {
    const written = opensloOf(portableOf(told(SLO).declared))
    expect(written).not.toContain('lertPolic')
    expect(told(written, true)).toMatchObject({ alerting: { kind: 'default' }, said: [] })
  })
  it.each([
    ['page', 'page', []],
    ['Page', 'page', []],
    ['ticket', 'ticket', []],
    ['sev1', 'page', ['The severity “sev1” becomes page.']],
    ['warning', 'ticket', ['The severity “warning” becomes ticket.']],
  ])('the severity %s as %s', (severity, kept, said) => {
    const one = told(alerting(policy('a', { severity })))
    expect(one.alerting).toMatchObject({ settings: { pairs: [{ severity: kept }] } })
    expect(one.said).toEqual(said.map((text) => expect.stringContaining(text)))
  })
  it('a wait of at most a day', () => {
    const { alerting: kept, said } = told(alerting(policy('a', { after: '2d' })))
    expect(kept).toMatchObject({ settings: { pairs: [{ for: 86_400 }] } })
    expect(said).toEqual([expect.stringMatching(/\.alertAfter: An alert waits for a day at most: 48 h become 24 h\.$/)])
  })
})
