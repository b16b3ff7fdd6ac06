import { describe, expect, it } from 'vitest'
import { type LaneEvent, prepareLane } from './prepare-lane'

const AXIS = { from: 0, now: 800, end: 1000, ticks: [] }
const event = (kind: LaneEvent['kind'], id: number, from: number, to: number | null): LaneEvent => ({
  ...{ kind, id, from, to, label: `${kind} ${id}`, title: '', href: '/' },
})
const prepared = (events: LaneEvent[], narrow = false) => prepareLane(events, AXIS, { words: ({ label }) => label, narrow })
const lane = (events: LaneEvent[], narrow = false) => prepared(events, narrow).marks

describe('the event lane', () => {
  it('puts marks on the time axis; what goes on ends now, what lies outside is left out', () => {
    const marks = lane([
      event('incident', 1, 100, 300),
      event('incident', 2, 700, null),
      event('incident', 3, -50, 100),
      event('release', 4, 400, 400),
      event('release', 5, -10, -10),
      event('release', 6, 900, 900),
    ])
    expect(marks.map(({ key, left, width }) => [key.split('-').slice(0, 2).join(' '), left, width])).toEqual([
      ['incident 1', 10, 20],
      ['incident 2', 70, 10],
      ['incident 3', 0, 10],
      ['release 4', 40, 0],
    ])
  })

  it('names what has room: incidents before releases, and fewer on a phone', () => {
    const events = [event('release', 1, 100, 100), event('incident', 2, 120, 200), event('release', 3, 300, 300)]
    const named = (narrow: boolean) => lane(events, narrow).flatMap(({ label, named }) => (named ? [label] : []))
    expect(named(false)).toEqual(['incident 2', 'release 3'])
    expect(named(true)).toEqual(['incident 2'])
  })

  it('makes one target of what lies too close, each wide enough and none over another', () => {
    const events = [100, 105, 300, 310, 320, 600].map((at, i) => event('release', i, at, at))
    for (const narrow of [false, true]) {
      const { groups } = prepared([...events, event('incident', 9, 590, 640)], narrow)
      expect(groups.map(({ marks }) => marks.length)).toEqual([2, 3, 2])
      for (const [i, { left, width }] of groups.entries()) {
        expect(width).toBeGreaterThanOrEqual(narrow ? 10 : 4.2)
        const before = groups[i - 1]
        if (before) expect(left).toBeGreaterThanOrEqual(before.left + before.width)
      }
    }
  })
})
