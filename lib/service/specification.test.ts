import { describe, expect, it } from 'vitest'
import type { JourneyView } from '../journey/journey'
import type { SloDetail } from '../slo/detail'
import { NOTHING_STATED } from './characteristics'
import { serviceDefinitionSchema } from './definition-input'
import type { Service } from './service'
import { type ObjectiveFacts, specificationOf } from './specification'
import { fenced, inline, specificationMarkdown } from './specification-markdown'
import { recommendTier } from './tier-recommendation'

const NOW = Date.UTC(2026, 6, 15, 14, 35) / 1000
const characteristics = { ...NOTHING_STATED, revenueImpact: 'direct', userFacing: true, traffic: 12 } as const
const { newTeam: _, ...record } = serviceDefinitionSchema.parse({
  ...{ name: 'Checkout | till', slug: 'checkout-api', tier: 'essential', kind: 'api', team: 'payments', characteristics },
  links: { runbook: 'https://runbooks.example.org/a>b' },
  context: { userExpectations: 'An order counts once.\n# Never twice' },
})
const service = {
  ...{ slug: record.slug, name: record.name, description: '*Turns* a cart into an order.', version: 3 },
  definition: { ...record, team: 'payments' },
  owners: {
    sloOwner: { name: 'Sofia', email: 's@example.org' },
    engineeringTeam: { slug: 'payments', name: 'Payments' },
    productOwner: null,
  },
  recommendation: recommendTier({ characteristics, dependants: [] }),
  dependencies: [{ slug: 'identity-api', name: 'Identity', tier: 'critical', worst: 'healthy' }],
  dependants: [],
} as unknown as Service
// 30 days at 99.9 %: 43.2 minutes; 14.4 × for an hour is 2 % of it (Site Reliability Workbook, chapter 5).
const objective = {
  detail: {
    ...{ id: 1, name: 'Orders placed', description: 'Orders go through.', target: 0.999, method: 'occurrences' },
    ...{ window: { kind: 'rolling', days: 30 }, lifecycle: 'active', gating: true, noDataPolicy: 'ignore', coverageFloor: 0.9 },
    ...{ minEvents: 1000, indicatorKind: 'availability', budgetMinutes: 43.2 },
    queries: [{ signal: 'bad', promql: 'sum(rate(a{b="`"}[1m]))' }],
    status: { ts: NOW, counts: { good: 2_998_000, total: 3_000_500, measured: 0 } },
    pairs: [{ long: 3600, short: 300, severity: 'page', threshold: 14.4, canFire: true }],
  } as unknown as SloDetail,
  indicator: {
    kind: 'availability',
    requests: { metric: 'http_requests_total', matchers: [{ label: 'service', op: '=', value: 'checkout-api' }] },
    failed: [{ label: 'status', op: '=~', value: '5..' }],
  },
  source: { name: 'prometheus', offsetSeconds: 30 },
} satisfies ObjectiveFacts

const step = (name: string, slo: string | null) => ({
  ...{ name, sliType: 'availability', threshold: '', inResult: true },
  slo: slo === null ? null : { service: 'Checkout', name: slo },
})
const journey = {
  ...{ name: 'Buy something', criticality: 'critical', businessImpact: 'Every sale.', description: 'From cart to mail.' },
  result: { name: 'Bought', rule: 'worst-of' },
  steps: [step('Order', 'Orders placed'), step('Mail', null)],
} as unknown as JourneyView

const spec = specificationOf(service, { objectives: [objective], journeys: [journey] }, NOW)
const textOf = (items: { name: string; text: string }[], name: string) => items.find((item) => item.name === name)?.text

describe('the specification', () => {
  it('says why the tier is what it is, and who answers', () => {
    expect(textOf(spec.tier, 'Why')).toBe('recommended: critical, because sales are lost while people wait for it')
    expect(textOf(spec.owners, 'Product owner')).toBe('nobody')
    expect(textOf(spec.context, 'Business impact')).toBe('Not written down.')
    expect(textOf(spec.characteristics, 'Traffic')).toBe('12 requests/s (medium)')
  })

  it('names the journeys that lead through it, and what measures their steps', () =>
    expect(spec.journeys).toEqual([
      {
        name: 'Buy something',
        text: 'Criticality critical; its result is Bought, worst of. Every sale.',
        steps: ['Order, availability; measured by Checkout: Orders placed', 'Mail, availability; not measured'],
      },
    ]))

  it('states the budget in minutes, and in events rounded down', () => {
    const [found] = spec.objectives
    // 0.1 % of 3 000 500 is 3 000.5
    expect(textOf(found?.promise ?? [], 'Budget')).toBe(
      '≈ 43.2 min; 3\u202f000 of 3\u202f000\u202f500 events in the window to Wed 15 Jul, 14:35 UTC',
    )
    expect(found?.parts).toEqual([
      { name: 'Requests', text: 'http_requests_total{service="checkout-api"}' },
      { name: 'Failed when', text: 'status=~"5.."' },
    ])
    expect(textOf(found?.measurement ?? [], 'Judged from')).toBe('90 % of the window measured and 1\u202f000 events')
  })

  it('computes the share of each alert from its threshold', () =>
    expect(spec.objectives[0]?.alerts).toEqual([
      { windows: '1 h and 5 min', severity: 'page', threshold: '14.4 ×', share: '2 % of the budget in 1 h', note: '' },
    ]))
})

describe('its Markdown', () => {
  const document = specificationMarkdown({
    ...spec,
    journeys: [{ name: 'Buy', text: 'From the cart to the mail.', steps: ['Cart', 'Pay'] }],
  })
  it.each([
    '# Checkout \\| till: service level objectives',
    '\\*Turns\\* a cart into an order.',
    'An order counts once.\n\n\\# Never twice',
    '- [Runbook](<https://runbooks.example.org/a%3Eb>)',
    '## Journeys\n\n### Buy\n\nFrom the cart to the mail.\n\n1. Cart\n2. Pay',
    '### Orders placed (gates releases)',
    '- Requests: `http_requests_total{service="checkout-api"}`',
    '```promql\nsum(rate(a{b="`"}[1m]))\n```',
    '| 1 h and 5 min | page | 14.4 × | 2 % of the budget in 1 h |',
    '- Identity: critical tier',
    'No other service needs it.',
  ])('has %j', (words) => expect(document).toContain(words))

  it.each([
    ['<script>', '\\<script\\>'],
    ['[a](javascript:b)', '\\[a\\](javascript:b)'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['a\nb', 'a b'],
    ['![x](y)', '\\!\\[x\\](y)'],
    ['a & b', 'a \\& b'],
    ['snake_case', 'snake\\_case'],
  ])('shows %j as it is', (text, escaped) => expect(inline(text)).toBe(escaped))

  it('fences what has fences in it', () => expect(fenced('a```b', 'promql')).toBe('````promql\na```b\n````'))
})
