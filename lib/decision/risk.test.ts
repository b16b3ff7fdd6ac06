import { describe, expect, it } from 'vitest'
import { conditionSchema, conditionText } from './condition'
import { QUESTION_NAMES, riskOf } from './risk'
import { newRequestSchema } from './schema'
import { movedWaiver, WAIVER_STATUSES, WAIVER_VERBS } from './waiver'

const answers = (...yes: string[]) => Object.fromEntries(QUESTION_NAMES.map((name) => [name, yes.includes(name)])) as never

describe('five questions', () => {
  it.each([
    [[], 'low'],
    [['contract'], 'low'],
    [['spread'], 'low'],
    [['data'], 'medium'],
    [['back'], 'medium'],
    [['contract', 'spread'], 'medium'],
    [['contract', 'spread', 'untested'], 'medium'],
    [['data', 'spread'], 'medium'],
    [['data', 'back'], 'high'],
    [['data', 'contract', 'spread'], 'high'],
    [['data', 'contract', 'spread', 'back', 'untested'], 'high'],
  ])('%j yields %s', (yes, risk) => expect(riskOf(answers(...yes)).risk).toBe(risk))
  it('one more yes never lowers the risk', () => {
    const order = ['low', 'medium', 'high']
    for (let mask = 0; mask < 32; mask += 1)
      for (let bit = 0; bit < 5; bit += 1) {
        const names = (m: number) => QUESTION_NAMES.filter((_, i) => m & (1 << i))
        const [less, more] = [riskOf(answers(...names(mask))), riskOf(answers(...names(mask | (1 << bit))))]
        expect(order.indexOf(more.risk)).toBeGreaterThanOrEqual(order.indexOf(less.risk))
      }
  })
})

describe('a request', () => {
  const what = { service: 'checkout', version: '1.2.3', changeType: 'feature' }
  const problem = (input: object) => newRequestSchema.safeParse(input).error?.issues[0]
  it('takes the risk that is given before the one that follows from answers', () => {
    expect(newRequestSchema.parse({ ...what, risk: 'low', answers: answers('data', 'back') }).risk).toBe('low')
    expect(newRequestSchema.parse({ ...what, answers: answers('data', 'back') }).risk).toBe('high')
  })
  it.each([
    ['no risk', what, 'risk', 'Say the risk'],
    ['no version', { ...what, risk: 'low', version: ' ' }, 'version', 'Name the version'],
    ['a strange type', { ...what, risk: 'low', changeType: 'x' }, 'changeType', 'one of feature'],
    ['a planned time without a zone', { ...what, risk: 'low', plannedAt: '2026-07-15T12:00' }, 'plannedAt', 'with a zone'],
    ['a link that is none', { ...what, risk: 'low', links: ['javascript:alert(1)'] }, 'links', 'http'],
  ])('with %s is refused at its field', (_, input, path, words) => {
    expect(problem(input)?.path[0]).toBe(path)
    expect(problem(input)?.message).toContain(words)
  })
})

describe('conditions', () => {
  it.each([
    [{ kind: 'canary', share: 0.1, minutes: 30 }, 'Canary 10 % for at least 30 min'],
    [{ kind: 'rollback', burn: 6 }, 'Rolls back by itself when 1 h burn is above 6 ×'],
    [{ kind: 'hours', from: '08:00', to: '16:00', timeZone: 'Europe/Berlin' }, 'Only between 08:00 and 16:00 Europe/Berlin'],
    [{ kind: 'spend', share: 0.05 }, 'Stops after spending 5.0 % of the budget'],
    [{ kind: 'watcher', name: 'Emil' }, 'Emil watches it'],
  ])('%j reads well', (condition, text) => expect(conditionText(conditionSchema.parse(condition))).toBe(text))
  it.each([{ kind: 'canary', share: 0, minutes: 30 }, { kind: 'hours', from: '8', to: '16:00', timeZone: 'UTC' }, { kind: 'x' }])(
    '%j is refused',
    (condition) => expect(conditionSchema.safeParse(condition).success).toBe(false),
  )
})

describe('a waiver', () => {
  const PATHS: Record<string, Record<string, string>> = {
    grant: { asked: 'asked' },
    refuse: { asked: 'refused' },
    withdraw: { asked: 'withdrawn' },
    revoke: { active: 'revoked' },
    end: { active: 'ended' },
  }
  for (const verb of WAIVER_VERBS)
    for (const status of WAIVER_STATUSES)
      it(`${verb} from ${status}: ${PATHS[verb]?.[status] ?? 'impossible'}`, () =>
        expect(movedWaiver(status, verb, 0)).toBe(PATHS[verb]?.[status] ?? null))
  it('takes two people', () => expect(movedWaiver('asked', 'grant', 1)).toBe('active'))
})
