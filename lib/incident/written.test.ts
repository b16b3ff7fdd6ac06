import { describe, expect, it } from 'vitest'
import { noticeSchema } from '../notify/notice'
import { chartPoints, type IncidentChart } from './chart'
import { areas, marksOf, ticksOf, topOf } from './chart-layout'
import { headDraft, headInput, lessonsDraft, lessonsInput } from './draft'
import { incidentNotice } from './notices'
import { retrospectiveMarkdown } from './retrospective-markdown'
import { editSchema } from './schema'
import { sumCosts } from './sum-costs'
import { written } from './view-fixture'

const NOON = Date.UTC(2026, 6, 15, 12) / 1000

describe('the retrospective as a document', () => {
  const text = retrospectiveMarkdown(written(), NOON + 86_400)

  it('has the numbers', () => {
    expect(text).toContain('# INC-12: Orders \\*fail\\*')
    expect(text).toContain('| Detected | Wed 15 Jul, 12:02 UTC | 3 min |')
    expect(text).toContain('| Mitigated | Wed 15 Jul, 12:45 UTC | 45 min |')
    expect(text).toContain('| Orders placed | Shop | 9.2 % (12.3 % when resolved) | 1\u202f234 | ≈ 4.0 |')
    expect(text).toContain('- [x] Limit it (Emil, due 2026-08-01)\n- [ ] Watch it')
    expect(text).toContain('Suspected release: Shop 1.2, Wed 15 Jul, 11:50 UTC')
  })

  it('keeps what people wrote from becoming markup', () => {
    expect(text).toContain('Cards \\| wallets.')
    expect(text).toContain('| Wed 15 Jul, 12:06 UTC | Rolled back. | Emil |')
    expect(text).toContain('A lock.\n\nHeld too long.')
  })

  it('says what is not written yet', () => {
    expect(text).toContain('## What went badly\n\nNot written yet.')
    const bare = retrospectiveMarkdown(written({ costs: [], actions: [], services: [], commander: null, suspected: null }), NOON)
    for (const line of ['It spent the budget of no SLO.', 'None yet.', 'Services: none named', 'Commander: nobody'])
      expect(bare).toContain(line)
  })
})

describe('the chart', () => {
  const readings = [0, 1, 2, 4, 5].map((minute, i) => ({
    ts: NOON + minute * 60,
    good: i * 90,
    total: i * 100,
    measured: minute,
  }))
  const chart: IncidentChart = {
    ...{ sloId: 7, name: 'Orders placed', service: 'Shop', from: NOON - 1_800, to: NOON + 5_400, step: 60 },
    points: chartPoints(readings, 60),
  }

  it('has a gap where nothing was measured', () => {
    expect(chart.points.map(({ ratio }) => ratio)).toEqual([0.1, 0.1, null, 0.1])
    expect(areas(chart)).toHaveLength(2)
    expect(topOf(chart)).toBe(0.1)
    expect(topOf({ ...chart, points: [] })).toBe(0.001)
  })

  it('marks what is on it, and no two names lie over each other', () => {
    const marks = marksOf(chart, written())
    expect(marks.map(({ name, row }) => [name, row])).toEqual([
      ...[
        ['began', 0],
        ['detected', 1],
        ['acknowledged', 2],
        ['mitigated', 0],
        ['resolved', 0],
      ],
    ])
    expect(marksOf(chart, written({ resolvedAt: NOON + 9_000 })).map(({ name }) => name)).not.toContain('resolved')
  })

  it('has round instants below it', () => {
    expect(ticksOf(chart).map((at) => (at - NOON) / 60)).toEqual([-30, -15, 0, 15, 30, 45, 60, 75, 90])
  })
})

describe('forms', () => {
  it('send only what was changed', () => {
    const before = headDraft(written())
    expect(headInput(before, before)).toEqual({})
    const after = { ...before, title: 'Other', mitigatedAt: '2026-07-15T12:50', slos: ['7', '8'], suspectedRelease: '' }
    const input = headInput(after, before)
    expect(input).toEqual({ title: 'Other', mitigatedAt: '2026-07-15T12:50:00Z', slos: [7, 8], suspectedRelease: null })
    expect(editSchema.parse({ id: 12, version: 5, ...input })).toMatchObject({ mitigatedAt: NOON + 3_000 })
  })

  it('keep the seconds of an instant that has them', () => {
    const before = headDraft(written())
    expect(before.detectedAt).toBe('2026-07-15T12:02:05')
    expect(headInput({ ...before, detectedAt: '2026-07-15T12:02:06' }, before)).toEqual({ detectedAt: '2026-07-15T12:02:06Z' })
  })

  it('read factors line by line', () => {
    const before = lessonsDraft(written())
    expect(
      lessonsInput({ ...before, contributing: ' No limit \n\nNo test', retrospectiveAt: '2026-07-16T09:00' }, before),
    ).toEqual({
      ...{ contributing: ['No limit', 'No test'], retrospectiveAt: '2026-07-16T09:00:00Z' },
    })
  })
})

it('stretches of one SLO add up, with what was said before', () => {
  const [first] = written().impacts
  if (!first?.figures) throw new Error('The fixture has a stretch.')
  const second = { ...first, id: 2, resolved: null, figures: { ...first.figures, bad: 6, share: 0.01, minutes: 1 } }
  const other = { ...second, id: 3, sloId: 8, figures: { ...second.figures, share: 0.5 } }
  const costs = sumCosts([first, second, other])
  expect(costs.map(({ sloId }) => sloId)).toEqual([8, 7])
  expect(costs[1]?.figures).toMatchObject({ bad: 1_240, share: 0.0911 + 0.01 })
  expect(costs[1]?.resolved).toEqual({ share: expect.closeTo(0.133, 12), because: [3] })
})

describe('notices', () => {
  const told = {
    ...{ id: 12, title: 'Orders fail', summary: 'Cards.', severity: 'sev2' as const, version: 4, startedAt: NOON, by: 'Emil' },
    services: [{ slug: 'shop', name: 'Shop', tier: 'standard', team: 'web' }],
  }

  it('of opening and resolving are one each, and those of a reopened incident are others', () => {
    const opened = noticeSchema.parse(incidentNotice(told, 'incident.opened', NOON + 60))
    expect(opened).toMatchObject({
      key: 'incident:12:opened',
      severity: 'page',
      subject: 'SEV2 INC-12: Orders fail',
      path: '/incidents/12',
    })
    expect(opened.body).toEqual(['Opened by Emil. About Shop.', 'Cards.'])
    const resolved = noticeSchema.parse(incidentNotice({ ...told, severity: 'sev3' }, 'incident.resolved', NOON + 3_600))
    expect(resolved).toMatchObject({ key: 'incident:12:resolved:4', severity: 'ticket', endsAt: NOON + 3_600 })
    expect(incidentNotice({ ...told, version: 7 }, 'incident.resolved', NOON).key).not.toBe(resolved.key)
    const again = noticeSchema.parse(incidentNotice({ ...told, version: 5 }, 'incident.reopened', NOON + 7_200))
    expect(again).toMatchObject({
      ...{ key: 'incident:12:reopened:5', severity: 'page', subject: 'Reopened: SEV2 INC-12: Orders fail', endsAt: null },
      ...{ body: ['Reopened by Emil. About Shop.', 'Cards.'], facts: { severity: 'sev2', status: 'open' } },
    })
  })
})
