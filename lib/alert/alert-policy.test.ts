import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { alertPairs, alertPolicySchema, policyWarnings } from './alert-policy'
import { alertingOf, pairsInForce, UNASSIGNED } from './in-force'
import { NO_ALERTS, TWO_TIER, WORKBOOK } from './presets'
import { policyInputSchema } from './schema'
import { arithmeticText, unreachableText } from './words'

const pair = { long: HOUR, severity: 'page', at: { share: 0.02 } }
const refusal = (input: unknown): string => {
  const read = alertPolicySchema.safeParse(input)
  return read.success ? 'accepted' : `${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`
}

describe('a policy as it is written', () => {
  it('fills in what is not said', () =>
    expect(alertPolicySchema.parse({ pairs: [pair] })).toEqual({
      pairs: [{ ...pair, short: undefined, minFailures: 0, minEvents: 0, for: 0 }],
      keepFiring: 120,
      clearBelow: 1,
      suppressByDependency: true,
      silenceInMaintenance: true,
    }))

  it.each([
    [
      { pairs: [{ ...pair, long: 3 * HOUR }] },
      'pairs.0.long: Choose one of the windows that are measured: 5 min, 30 min, 1 h, 2 h, 6 h, 24 h, 72 h.',
    ],
    [{ pairs: [{ ...pair, short: HOUR }] }, 'pairs.0.short: The two windows differ. Choose a shorter one.'],
    [{ pairs: [{ ...pair, long: 300 }] }, 'pairs.0.long: There is no shorter window than 5 min. Choose a longer one.'],
    [{ pairs: [{ ...pair, severity: 'alarm' }] }, 'pairs.0.severity: The severity is page or ticket.'],
    [
      { pairs: [{ ...pair, at: { share: 2 } }] },
      'pairs.0.at.share: Say the threshold as a share of the budget, between 0 and 1, or as a burn rate above 0.',
    ],
    [
      { pairs: [{ ...pair, at: { share: 0.1, burn: 3 } }] },
      'pairs.0.at: Say the threshold as a share of the budget, between 0 and 1, or as a burn rate above 0.',
    ],
    [{ pairs: [{ ...pair, minFailures: 1.5 }] }, 'pairs.0.minFailures: Write the least number of bad events as a whole number.'],
    [{ pairs: [{ ...pair, for: -1 }] }, 'pairs.0.for: How long it has to hold is 0 s or more.'],
    [{ pairs: [pair, pair] }, 'pairs.1.long: There is a pair over 1 h already. Each long window is used once.'],
    [{ pairs: [pair], clearBelow: 1.1 }, 'clearBelow: It is at most 1, the threshold itself.'],
    [{ pairs: [pair], keepFiring: 2 * DAY }, 'keepFiring: How long it has to be gone is at most a day.'],
  ])('%j is refused', (input, sentence) => expect(refusal(input)).toBe(sentence))

  it('without pairs is the preset that switches alerts off, and nobody writes another', () => {
    const written = policyInputSchema.safeParse({ name: 'Quiet', slug: 'quiet', settings: { pairs: [] } })
    expect(written.error?.issues).toMatchObject([
      { path: ['settings', 'pairs'], message: 'A policy has at least one pair of windows.' },
    ])
    expect(alertPairs(NO_ALERTS.settings, 30 * DAY)).toEqual([])
  })

  it('takes windows that were written the wrong way round, and says so', () => {
    const written = { pairs: [{ ...pair, long: 5 * MINUTE, short: HOUR }] }
    expect(alertPolicySchema.parse(written).pairs[0]).toMatchObject({ long: HOUR, short: 5 * MINUTE })
    expect(policyWarnings(written)).toEqual(['5 min and 1 h were the wrong way round: the longer one is the long window.'])
    expect(policyWarnings({ pairs: [pair] })).toEqual([])
    expect(policyWarnings('nonsense')).toEqual([])
  })
})

describe('what a policy comes to', () => {
  const at = (days: number, preset = WORKBOOK) =>
    alertPairs(preset.settings, days * DAY).map(({ threshold }) => Number(threshold.toFixed(4)))

  it.each([
    [30, [14.4, 6, 3, 1]],
    [28, [13.44, 5.6, 2.8, 0.9333]],
    [7, [3.36, 1.4, 0.7, 0.2333]],
    [90, [43.2, 18, 9, 3]],
  ])('the workbook over %i days', (days, thresholds) => expect(at(days)).toEqual(thresholds))

  it('the two tiers keep their burn rates, and the share is computed: 2 % and 2.5 %, not 10 %', () => {
    expect([at(30, TWO_TIER), at(7, TWO_TIER)]).toEqual([
      [14.4, 3],
      [14.4, 3],
    ])
    expect(alertPairs(TWO_TIER.settings, 30 * DAY).map(({ budgetShare }) => Number(budgetShare.toFixed(6)))).toEqual([
      0.02, 0.025,
    ])
  })

  it('counts bad events only where events are counted', () => {
    expect(alertPairs(WORKBOOK.settings, 30 * DAY)[0]?.minFailures).toBe(5)
    expect(alertPairs(WORKBOOK.settings, 30 * DAY, { sliced: true })[0]?.minFailures).toBe(0)
  })

  it('says its arithmetic', () => {
    const [first, , , last] = alertPairs(WORKBOOK.settings, 30 * DAY)
    if (!first || !last) throw new Error('missing')
    expect(arithmeticText(first, 30 * DAY, 0.999)).toBe('14.4× over 1 h = 2 % of a 30 d budget; a total outage pages after 52 s')
    expect(arithmeticText(last, 30 * DAY, 0.999)).toBe(
      '1× over 72 h = 10 % of a 30 d budget; a total outage opens a ticket after 260 s',
    )
    expect(arithmeticText(first, 30 * DAY, 0.9)).toBe(
      '14.4× over 1 h = 2 % of a 30 d budget; never reached: everything failing burns at 10×',
    )
    expect(unreachableText(first, 0.9, '“Search”')).toBe(
      'The pair over 1 h asks for 14.4×, but “Search” promises 90 % and burns at most at 10×: it could never fire. ' +
        'Choose a smaller share, or a longer window.',
    )
    expect(unreachableText(first, 0.9306, '“Search”')).toBeNull()
  })
})

describe('which policy holds', () => {
  const assigned = (scope: string, name: string, settings: unknown = TWO_TIER.settings) => ({
    ...{ id: 1, scope, slug: name, name, version: 3, settings },
  })
  const all = ['slo:4', 'service:2', 'tier:critical', 'default'].map((scope) => assigned(scope, scope))
  const place = { id: 4, serviceId: 2, tier: 'critical' }

  it.each([0, 1, 2, 3])('the narrowest of those from %i on', (from) => {
    const found = alertingOf(all.slice(from))(place)
    expect([found.name, found.scope]).toEqual([all[from]?.scope, ['slo', 'service', 'tier', 'default'][from]])
  })

  it('is the workbook when nothing is assigned here, or what is cannot be read', () => {
    expect(alertingOf(all.slice(0, 3))({ id: 5, serviceId: 3, tier: 'standard' })).toBe(UNASSIGNED)
    expect(alertingOf([assigned('slo:4', 'broken', { pairs: 'none' }), assigned('default', 'whole')])(place).name).toBe('whole')
    expect(pairsInForce({}, 30 * DAY).map(({ long }) => long)).toEqual([HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR])
  })
})
