import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import type { Alert, AlertEvent, Reading } from './alert'
import { alertPairs, alertPolicySchema } from './alert-policy'
import { nextAlerts } from './lifecycle'

const T0 = Date.UTC(2026, 6, 15) / 1000
const settings = (more: Record<string, unknown> = {}, pair: Record<string, unknown> = {}) =>
  alertPolicySchema.parse({ pairs: [{ long: HOUR, short: 300, severity: 'page', at: { burn: 10 }, ...pair }], ...more })

/** What one minute shows: burn of both windows, or that nothing is known. */
type Minute = { burn: number | null; short?: number | null; measured?: boolean; events?: number; age?: number; sparse?: boolean }

function reading(at: number, minute: Minute, policy = settings()): Reading {
  const { burn, short = burn, measured = true, events = 1_000, age = 400 * DAY, sparse = false } = minute
  const counts = (rate: number | null) => {
    const total = rate === null ? 0 : events
    return { good: total - total * (rate ?? 0) * 0.001, total, measured: measured ? 5 : 0 }
  }
  return {
    ...{ sloId: 1, at, target: 0.999, policy: { name: 'Test', version: 2, ...policy }, pairs: alertPairs(policy, 30 * DAY) },
    over: (length) => counts(length === HOUR ? burn : short),
    ...{ historyFrom: at - age, unknown: null, sparse, remaining: 0.5 },
  }
}

/** Minute after minute; events as "minute kind". */
function run(minutes: Minute[], policy = settings()): { said: string[]; open: Alert[] } {
  const said: string[] = []
  let open: Alert[] = []
  minutes.forEach((minute, i) => {
    const steps = nextAlerts(open, reading(T0 + i * MINUTE, minute, policy))
    said.push(...steps.flatMap(({ events }) => events.map(({ kind, at }) => `${(at - T0) / MINUTE} ${kind}`)))
    open = steps.map(({ alert }) => alert).filter(({ state }) => state !== 'resolved')
  })
  return { said, open }
}

const [bad, good, idle, gone]: Minute[] = [{ burn: 20 }, { burn: 1 }, { burn: null }, { burn: 20, measured: false }] as const
const thin: Minute = { burn: 20, sparse: true }
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

describe('from one minute to the next', () => {
  it.each<[string, Minute[], string[], ReturnType<typeof settings>?]>([
    ['fires at once', [good, bad], ['1 fired']],
    ['ends when it was gone for two minutes', [bad, good, good, good], ['0 fired', '3 resolved']],
    ['goes on when it comes back before that', [bad, good, good, bad, good, good, good], ['0 fired', '6 resolved']],
    ['ends at once when that is asked', [bad, good], ['0 fired', '1 resolved'], settings({ keepFiring: 0 })],
    ['waits', [bad, bad, bad, bad], ['0 pending', '2 fired'], settings({}, { for: 120 })],
    ['forgets a short one', [bad, bad, good, bad], ['0 pending', '2 cancelled', '3 pending'], settings({}, { for: 120 })],
    [
      'needs both windows',
      [
        { burn: 20, short: 1 },
        { burn: 1, short: 20 },
      ],
      [],
    ],
    ['idle is gone', [bad, idle, idle, idle], ['0 fired', '3 resolved']],
    [
      'clears only below its share',
      [bad, { burn: 9 }, { burn: 8 }, { burn: 7.9 }],
      ['0 fired', '3 resolved'],
      settings({ clearBelow: 0.8, keepFiring: 0 }),
    ],
    ['does not begin at that share', [{ burn: 9 }], [], settings({ clearBelow: 0.8 })],
    ['too few bad events', [{ burn: 20, events: 200 }], [], settings({}, { minFailures: 5 })],
    ['enough bad events', [{ burn: 20, events: 250 }], ['0 fired'], settings({}, { minFailures: 5 })],
    ['too few events', [{ burn: 20, events: 99 }], [], settings({}, { minEvents: 100 })],
    ['too few in the window to judge', [thin], []],
    ['too few in the window end nothing', [bad, thin, thin, thin, thin], ['0 fired', '1 frozen']],
    [
      'patience counts what was seen',
      [bad, ...times(11, gone), bad, bad, bad],
      ['0 pending', '1 frozen', '12 thawed', '14 fired'],
      settings({}, { for: 120 }),
    ],
    [
      'too young',
      [
        { burn: 20, age: HOUR - 1 },
        { burn: 20, age: HOUR },
      ],
      ['1 fired'],
    ],
    ['stands still', [bad, gone, gone, gone, gone], ['0 fired', '1 frozen']],
    ['nothing begins without data', [gone, gone], []],
    ['goes on after it', [bad, gone, bad], ['0 fired', '1 frozen', '2 thawed']],
    ['has to be seen gone anew', [bad, good, gone, good, good, good], ['0 fired', '2 frozen', '3 thawed', '5 resolved']],
    [
      'a wait stands still as well',
      [bad, gone, bad],
      ['0 pending', '1 frozen', '2 thawed', '2 fired'],
      settings({}, { for: 120 }),
    ],
    ['cannot be reached', [{ burn: 1_000 }], [], settings({}, { at: { burn: 1_001 } })],
  ])('%s', (_what, minutes, said, policy) => expect(run(minutes, policy).said).toEqual(said))

  it('keeps when it last held, and the highest burn', () => {
    const { open } = run([bad, { burn: 50 }, { burn: 12 }, good])
    expect(open).toMatchObject([{ firedAt: T0, heldAt: T0 + 120, goneSince: T0 + 180, policyVersion: 2 }])
    expect(open[0]?.peakBurn).toBeCloseTo(50, 9)
    expect(open[0]?.evidence).toMatchObject({ at: T0, threshold: 10, minFailures: 0, keepFiring: 120, remaining: 0.5 })
  })

  it('ends what has no pair in the policy any more, and says why', () => {
    const { open } = run([bad])
    const other = settings({}, { long: 6 * HOUR, short: 1_800 })
    const steps = nextAlerts(open, reading(T0 + MINUTE, good, other))
    expect(steps).toMatchObject([
      { alert: { state: 'resolved' }, events: [{ kind: 'resolved', why: 'its pair left the policy' }] },
    ])
  })
})

describe('whatever happens', () => {
  const minute = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(bad, good) },
    { weight: 1, arbitrary: fc.constantFrom(idle, gone, thin) },
  ) as fc.Arbitrary<Minute>
  const story = fc.array(minute, { maxLength: 60 })
  const policies = fc.record({ keepFiring: fc.constantFrom(0, 60, 120, 600), hold: fc.constantFrom(0, 60, 300) })

  it('a reading twice says and changes nothing', () => {
    fc.assert(
      fc.property(story, policies, (minutes, { keepFiring, hold }) => {
        const policy = settings({ keepFiring }, { for: hold })
        let open: Alert[] = []
        minutes.forEach((one, i) => {
          const now = reading(T0 + i * MINUTE, one, policy)
          open = nextAlerts(open, now)
            .map(({ alert }) => alert)
            .filter(({ state }) => state !== 'resolved')
          const again = nextAlerts(open, now)
          expect(again.flatMap(({ events }) => events)).toEqual([])
          expect(again.map(({ alert }) => alert)).toEqual(open)
          for (const [place, { alert }] of again.entries()) expect(alert).toBe(open[place])
        })
      }),
    )
  })

  it('never ends sooner than it was gone for, and never fires sooner than it held for', () => {
    fc.assert(
      fc.property(story, policies, (minutes, { keepFiring, hold }) => {
        let open: Alert[] = []
        const policy = settings({ keepFiring }, { for: hold })
        const events: (AlertEvent & { alert: Alert })[] = []
        minutes.forEach((one, i) => {
          const steps = nextAlerts(open, reading(T0 + i * MINUTE, one, policy))
          events.push(...steps.flatMap((step) => step.events.map((event) => ({ ...event, alert: step.alert }))))
          open = steps.map(({ alert }) => alert).filter(({ state }) => state !== 'resolved')
          expect(open.length).toBeLessThanOrEqual(1)
        })
        for (const { kind, at, alert } of events) {
          if (kind === 'fired') expect(at - alert.pendingSince).toBeGreaterThanOrEqual(hold)
          if (kind === 'resolved') expect(at - (alert.goneSince ?? at)).toBeGreaterThanOrEqual(keepFiring)
          if (kind === 'resolved') expect(at - alert.heldAt).toBeGreaterThanOrEqual(keepFiring)
        }
        // Frozen and thawed take turns, and nothing is said of what is frozen.
        const turns = events.filter(({ kind }) => kind === 'frozen' || kind === 'thawed').map(({ kind }) => kind)
        for (const [i, kind] of turns.entries()) expect(kind).toBe(i % 2 === 0 ? 'frozen' : 'thawed')
      }),
    )
  })

  it('does not flap: between the end of one and the begin of the next lies all of the patience', () => {
    fc.assert(
      fc.property(story, fc.constantFrom(60, 300), (minutes, keepFiring) => {
        const known = minutes.map((one) => (one === gone || one === thin ? good : one)) as Minute[]
        const { said } = run(known, settings({ keepFiring }))
        const held = known.map((one, i) => (one === bad ? i : -1)).filter((i) => i >= 0)
        // An oracle of its own: stretches of holding minutes, joined where the pause is shorter than the patience.
        const patience = keepFiring / MINUTE
        const stretches = held.filter((at, i) => i === 0 || at - (held[i - 1] as number) > patience + 1)
        expect(said.filter((line) => line.endsWith('fired'))).toEqual(stretches.map((at) => `${at} fired`))
      }),
    )
  })

  it('a long outage is one alert', () => expect(run(times(500, bad)).said).toEqual(['0 fired']))
})
