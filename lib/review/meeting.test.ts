import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Conduct, conducted, type Meeting } from './meeting'
import type { Part } from './part'
import { readingOf, startedTimer, timerText } from './timer'

const T = 1_000_000
const ITEMS: { key: string; part: Part }[] = [
  { key: 'slo:1', part: 'performance' },
  { key: 'slo:2', part: 'performance' },
  { key: 'incident:1', part: 'incidents' },
  { key: 'close', part: 'decisions' },
]
const START: Meeting = { step: 0, timer: startedTimer(T) }
const press = (meeting: Meeting, conduct: Conduct, at: number): Meeting => conducted(meeting, ITEMS, conduct, T + at) ?? meeting
const reading = ({ timer, step }: Meeting, at: number) => readingOf(timer, ITEMS, step, T + at)

describe('the clock of a meeting', () => {
  it('has thirty minutes in three parts of ten', () => {
    expect(reading(START, 0)).toMatchObject({ elapsed: 0, left: 1800, item: 0 })
    expect(reading(START, 0).parts.map(({ length }) => length)).toEqual([600, 600, 600])
  })
  it('counts the item, its part and the whole', () => {
    const second = press(START, { verb: 'go', to: 1 }, 90)
    expect(reading(second, 168)).toMatchObject({ elapsed: 168, left: 1632, item: 78 })
    expect(reading(second, 168).parts.map(({ spent, left }) => [spent, left])).toEqual([
      [168, 432],
      [0, 600],
      [0, 600],
    ])
    const back = press(second, { verb: 'go', to: 0 }, 200)
    expect(reading(back, 210).item).toBe(100)
  })
  it('stands still while it is paused', () => {
    const paused = press(START, { verb: 'pause' }, 60)
    expect(reading(paused, 500)).toMatchObject({ elapsed: 60, item: 60 })
    const on = press(paused, { verb: 'resume' }, 500)
    expect(reading(on, 530)).toMatchObject({ elapsed: 90, left: 1710 })
    expect(press(press(START, { verb: 'pause' }, 60), { verb: 'go', to: 2 }, 300).timer.spent).toEqual({ 'slo:1': 60 })
  })
  it('gets a minute for the part that is on', () => {
    const more = press(press(START, { verb: 'go', to: 2 }, 30), { verb: 'minute' }, 31)
    expect(reading(more, 31).parts.map(({ length }) => length)).toEqual([600, 660, 600])
    expect(reading(more, 31).left).toBe(1860 - 31)
  })
  it('goes on below nothing when time is over', () => {
    expect(reading(START, 1840)).toMatchObject({ left: -40 })
    expect(reading(START, 640).parts[0]?.left).toBe(-40)
  })
  it.each([
    [0, '0:00'],
    [78, '1:18'],
    [1122, '18:42'],
    [-40, '−0:40'],
    [-0.4, '0:00'],
  ])('reads %d as %s', (seconds, text) => expect(timerText(seconds)).toBe(text))
})

describe('a key', () => {
  it.each<[string, Conduct]>([
    ['to where one is', { verb: 'go', to: 0 }],
    ['beyond the end', { verb: 'go', to: 4 }],
    ['going on without a pause', { verb: 'resume' }],
  ])('%s changes nothing', (_, conduct) => expect(conducted(START, ITEMS, conduct, T + 5)).toBeNull())

  it('never loses a second, whatever is pressed', () => {
    const key = fc.oneof(
      fc.record({ verb: fc.constant('go' as const), to: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ verb: fc.constantFrom('pause' as const, 'resume' as const, 'minute' as const) }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer({ min: 0, max: 300 })), { maxLength: 30 }), (presses) => {
        let [meeting, at, running, paused] = [START, 0, 0, false]
        for (const [conduct, wait] of presses) {
          at += wait
          if (!paused) running += wait
          const next = conducted(meeting, ITEMS, conduct, T + at)
          if (next && conduct.verb === 'pause') paused = true
          if (next && conduct.verb === 'resume') paused = false
          meeting = next ?? meeting
        }
        const read = reading(meeting, at)
        expect(read.elapsed).toBe(running)
        expect(read.parts.reduce((sum, { spent }) => sum + spent, 0)).toBe(running)
        expect(ITEMS[meeting.step]).toBeDefined()
      }),
    )
  })
})
