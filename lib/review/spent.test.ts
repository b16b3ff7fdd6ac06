import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recurrenceText, rhythmOf, ruleFor } from './recurrence'
import { cycleInputSchema } from './schema'
import { leftTenths, spentSince } from './spent'

describe('what was spent since the last review', () => {
  it('is told cause by cause, and adds up to the difference of the shown figures', () => {
    // 53.8 % then, 18.0 % now; the incident took 23.4 points, the release 13.5, and 1.1 came back.
    const causes = [
      { label: 'INC-418', detail: '502s', share: 0.234 },
      { label: '1.187', detail: 'canary', share: 0.135 },
    ]
    expect(spentSince(causes, 0.538, 0.18)).toEqual({
      lines: [
        { label: 'INC-418', detail: '502s', tenths: -234 },
        { label: '1.187', detail: 'canary', tenths: -135 },
        { label: 'everything else', detail: 'old burn left the window', tenths: 11 },
      ],
      total: -358,
      was: 0.538,
    })
  })
  it('puts what is small together, and names what nobody answers for', () => {
    const causes = [0.2, 0.1, 0.05, 0.02, 0.01].map((share, i) => ({ label: `INC-${i}`, detail: '', share }))
    const { lines, total } = spentSince(causes, 0.9, 0.5)
    expect(lines.map(({ label, tenths }) => [label, tenths])).toEqual([
      ['INC-0', -200],
      ['INC-1', -100],
      ['INC-2', -50],
      ['other causes', -30],
      ['everything else', -20],
    ])
    expect(total).toBe(-400)
  })
  it('says only what was spent where nothing is known of then', () => {
    expect(spentSince([{ label: 'a', detail: '', share: 0.1 }], null, 0.5)).toMatchObject({ total: -100, was: null })
    expect(spentSince([], null, 0.5)).toEqual({ lines: [], total: 0, was: null })
  })
  it('always adds up', () => {
    const ratio = fc.double({ min: -3, max: 1, noNaN: true })
    const share = fc.double({ min: -0.5, max: 2, noNaN: true })
    fc.assert(
      fc.property(fc.array(share, { maxLength: 8 }), ratio, ratio, (shares, was, now) => {
        const { lines, total } = spentSince(
          shares.map((one, i) => ({ label: String(i), detail: '', share: one })),
          was,
          now,
        )
        expect(total).toBe(leftTenths(now) - leftTenths(was))
        if (lines.length > 0) expect(lines.reduce((sum, { tenths }) => sum + tenths, 0)).toBe(total)
      }),
    )
  })
})

describe('a rhythm', () => {
  it.each([
    ['weekly', '2026-07-15', 'FREQ=WEEKLY;BYDAY=WE', 'Every week on Wednesday at 14:30, UTC'],
    ['fortnightly', '2026-07-17', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'Every second week on Friday at 14:30, UTC'],
    ['monthly', '2026-07-15', 'FREQ=MONTHLY;BYDAY=3WE', 'On the third Wednesday of the month at 14:30, UTC'],
    ['monthly', '2026-07-30', 'FREQ=MONTHLY;BYDAY=-1TH', 'On the last Thursday of the month at 14:30, UTC'],
  ] as const)('%s from %s is %s', (rhythm, date, rrule, words) => {
    expect(ruleFor(rhythm, date)).toBe(rrule)
    const rule = { from: `${date}T14:30`, timeZone: 'UTC', rrule }
    expect(rhythmOf(rule)).toBe(rhythm)
    expect(recurrenceText(rule)).toBe(words)
  })
  it('of another kind is named by its rule', () => {
    const rule = { from: '2026-07-15T14:30', timeZone: 'UTC', rrule: 'FREQ=DAILY' }
    expect([rhythmOf(rule), recurrenceText(rule)]).toEqual(['custom', 'By the rule FREQ=DAILY at 14:30, UTC'])
  })
})

describe('a cycle as it is written', () => {
  const input = {
    name: 'Weekly',
    scope: 'team:payments',
    from: '2026-07-15T14:30',
    timeZone: 'UTC',
    rrule: 'freq=weekly;byday=we',
  }
  const refusalOf = (over: object) => {
    const { error } = cycleInputSchema.safeParse({ ...input, ...over })
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }
  it('is taken, in capitals', () => expect(cycleInputSchema.parse(input).rrule).toBe('FREQ=WEEKLY;BYDAY=WE'))
  it.each([
    [{ name: ' ' }, ['name: Give the review a name people will recognise.']],
    [{ scope: 'payments' }, ['scope: Choose a team or a service, for example team:payments or service:checkout-api.']],
    [{ timeZone: 'Mars' }, ['timeZone: Use an IANA time zone, for example Europe/Berlin.']],
    [
      { rrule: 'FREQ=HOURLY' },
      ['rrule: Begin the rule with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, for example FREQ=WEEKLY;BYDAY=WE.'],
    ],
    [{ rrule: 'FREQ=DAILY;BYHOUR=9,10' }, ['rrule: Review once a day at most. Make the rule rarer.']],
    [{ from: '2026-02-30T10:00' }, ['from: This is no date of the calendar.']],
  ])('is refused with a sentence at its field: %j', (over, sentences) => expect(refusalOf(over)).toEqual(sentences))
})
