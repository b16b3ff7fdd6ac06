import { describe, expect, it } from 'vitest'
import { unknownOptions } from './options'

const FACTS = {
  sources: ['prometheus', 'mimir'].map((name) => ({ name, url: `http://${name}`, scrapeSeconds: 15 })),
  teams: [{ slug: 'payments', name: 'Payments and refunds' }],
}
const NONE = { source: null, team: null }
const said = (options: Partial<typeof NONE | Record<keyof typeof NONE, string>>, facts = FACTS) =>
  unknownOptions(facts, { ...NONE, ...options }).map(({ option, reason, suggestion }) => `${option}: ${reason} ${suggestion}`)

describe('options name what the portal has', () => {
  it.each([[{}], [{ source: 'mimir' }], [{ team: 'payments' }], [{ team: 'Payments and refunds' }]])('%j is known', (options) =>
    expect(said(options)).toEqual([]),
  )
  it.each([
    [{ source: 'nope' }, 'source: The portal has no source “nope”. For the option source there are: prometheus, mimir.'],
    [
      { source: 'promethus' },
      'source: The portal has no source “promethus”. Did you mean prometheus? For the option source there are: prometheus, mimir.',
    ],
    [{ team: 'nope' }, 'team: The portal has no team “nope”. For the option team there are: payments.'],
    [{ source: '' }, 'source: The portal has no source “”. For the option source there are: prometheus, mimir.'],
  ])('%j is not', (options, words) => expect(said(options)).toEqual([words]))
  it('each is said, and long lists are cut', () => {
    expect(said({ source: 'nope', team: 'nope' })).toHaveLength(2)
    const teams = Array.from({ length: 23 }, (_, i) => ({ slug: `team-${i}`, name: `Team ${i}` }))
    expect(said({ team: 'nope' }, { ...FACTS, teams })[0]).toMatch(/team-18, team-19 and 3 more\.$/)
    expect(said({ team: 'nope' }, { ...FACTS, teams: [] })[0]).toMatch(/there are: none yet\.$/)
  })
})
