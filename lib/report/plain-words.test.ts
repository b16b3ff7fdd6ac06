import { describe, expect, it } from 'vitest'
import { happenedText, plainTime, promisedText } from './plain-numbers'
import { plainSummary } from './plain-words'
import { FIXTURES } from './render/many-fixture'
import { objective, report } from './render/objective-fixture'
import { checkoutJune } from './render/report-fixture'
import { preview } from './render/variants-fixture'

const THIN = '\u202f'
const plain = (text: string) => text.replaceAll(THIN, ' ')

describe('numbers for everyone', () => {
  it.each([
    [0.001, '1 of 1 000'],
    [0.005, '1 of 200'],
    [0.0005, '1 of 2 000'],
    [0.03, '3 of 100'],
    [0.0075, '75 of 10 000'],
  ])('a promise of %d is %s', (share, text) => expect(plain(promisedText(Number((1 - (1 - share)).toFixed(12))))).toBe(text))

  it.each([
    [1 / 1523.05, '1 of 1 500'],
    [1 / 999.9, '1 of 990'],
    [1 / 77.2, '1 of 77'],
    [0.1304, '14 of 100'],
    [1, '100 of 100'],
    [1 / 5_061_000, '1 of 5 000 000'],
  ])('%d happened %s', (share, text) => expect(plain(happenedText(share))).toBe(text))

  it.each([
    [1, 'about 1 minute'],
    [3601, 'about 61 minutes'],
    [6001, 'about 2 hours'],
    [38_400, 'about 11 hours'],
    [200_000, 'about 3 days'],
  ])('%d s is %s', (seconds, text) => expect(plainTime(seconds)).toBe(text))
})

describe('a report in plain words', () => {
  const FORBIDDEN =
    /\b(SLOs?|SLIs?|SLAs?|error budgets?|budgets?|burn\w*|p\d\d|percentiles?|quantiles?|latency|availability|objectives?|PromQL|ratios?|slices?|incidents?|retrospectives?|INC-\d+|coverage|targets?)\b|%/i

  it.each(Object.entries(FIXTURES))('%s has no word that needs an explanation', (_name, make) => {
    const made = make()
    const { answer, remark, month, promises, happened, next } = plainSummary(made)
    const names = new Set<string>(made.document.kind === 'service' ? made.document.objectives.map(({ slo }) => slo.name) : [])
    for (const { title, actions } of made.document.incidents)
      for (const name of [title, ...actions.map((one) => one.title)]) names.add(name)
    const own = [answer, remark, month, ...promises.map(({ sentence }) => sentence), ...happened, ...next].map((text) =>
      [...names].reduce((rest, name) => rest.replaceAll(name, ''), text),
    )
    expect(own.filter((text) => FORBIDDEN.test(text))).toEqual([])
  })

  it('says what was kept, what was not and what follows', () => {
    const summary = plainSummary(report(checkoutJune()))
    expect(summary).toMatchObject({ subject: 'checkout-api', month: 'June 2026', kept: 'broken' })
    expect(summary.answer).toBe('checkout-api kept 2 of its 3 promises in June.')
    expect(summary.promises.map(({ title, kept, sentence }) => [title, kept, plain(sentence)])).toEqual([
      ['Answers within 400 ms', 'broken', '1 of 76 attempts failed. That is worse than what was promised: at most 1 of 100.'],
      ['Requests succeed', 'kept', '1 of 1 500 attempts failed. That is what was promised: at most 1 of 1 000.'],
      ['Price shown is price charged', 'kept', '1 of 9 700 attempts failed. That is what was promised: at most 1 of 2 000.'],
    ])
    expect(summary.happened).toEqual([
      '10 June: Slow index on orders table, for about 11 hours.',
      '6 June: Card validation outage, for about 2 hours.',
      '28 June: Payment timeouts, for about 50 minutes.',
    ])
    expect(summary.next[0]).toBe('Add the missing index check to migrations. By 24 July 2026.')
  })

  it('says so far while the month runs', () => {
    const { answer, month, remark } = plainSummary(preview())
    expect(answer).toBe('checkout-api kept 2 of its 3 promises so far in June.')
    expect(month).toBe('June 2026, so far')
    expect(remark).toBe('The month is not over: this is what is known on the 14. at 10:00, Europe/Berlin.')
  })

  it.each([
    [{ total: 0 }, 'unknown', 'Nothing was measured, so nobody can say.'],
    [{ total: 5000, bad: 0 }, 'kept', 'None of the attempts failed. That is what was promised: at most 1 of 100.'],
    [
      { total: 1440, bad: 20, unit: 'slices' as const },
      'broken',
      'For about 10 hours it was not as it should be. That is worse than what was promised: at most about 8 hours.',
    ],
    [
      { total: 3, bad: 1, outcome: 'not_enough_data' as const },
      'unknown',
      '34 of 100 attempts failed. Too little happened to say whether that is what was promised: at most 1 of 100.',
    ],
  ])('%j is %s', (more, kept, sentence) => {
    const document = { ...checkoutJune(), objectives: [objective({ id: 1, name: 'x', target: 0.99, bad: 0, ...more })] }
    const [promise] = plainSummary(report(document)).promises
    expect([promise?.kept, plain(promise?.sentence ?? '')]).toEqual([kept, sentence])
  })
})
