import { describe, expect, it } from 'vitest'
import { serviceDefinitionSchema } from './definition-input'
import { draftOfService, fieldOfServicePath, serviceInputOf } from './draft'

const GOOD = { name: 'Checkout', slug: 'checkout-api', tier: 'critical', kind: 'api', team: 'payments' }
const refusal = (change: Record<string, unknown>) => {
  const [issue] = serviceDefinitionSchema.safeParse({ ...GOOD, ...change }).error?.issues ?? []
  return issue && `${issue.path.join('.')}: ${issue.message}`
}

describe('a service is refused with a sentence at the field', () => {
  it.each([
    [{ name: '<b>Checkout</b>' }, 'name: Write plain text'],
    [{ name: ' ' }, 'name: Give the service a name'],
    [{ name: 'Check\0out' }, 'name: Remove the NUL'],
    [{ name: 'Check\nout' }, 'name: Write the name on one line.'],
    [{ name: 'Check\u202eout' }, 'name: Remove U+202E from the name'],
    [{ name: 'Check\u001bout' }, 'name: Remove the control characters'],
    [{ team: null, newTeam: 'Re\u2028turns' }, 'newTeam: Write the name on one line.'],
    [{ description: 'x'.repeat(1_000_000) }, 'description: Use at most 2000'],
    [{ context: { businessImpact: 'x'.repeat(1_000_000) } }, 'context.businessImpact: Use at most 4000'],
    [{ context: { userExpectations: '<script>alert(1)</script>' } }, 'context.userExpectations: Write plain text'],
    [{ slug: 'Checkout API' }, 'slug: Use small letters'],
    [{ slug: 'new' }, 'slug: The portal needs this word'],
    [{ tier: 'best' }, 'tier: Choose a tier'],
    [{ team: null }, 'team: Choose a team, or name a new one'],
    [{ newTeam: 'Other' }, 'newTeam: Choose a team or name a new one'],
    [{ links: { runbook: 'javascript:alert(1)' } }, 'links.runbook: Write the whole address'],
    [{ links: { runbook: 'JAVASCRIPT:alert(1)//https://a.example' } }, 'links.runbook: Write the whole address'],
    [{ links: { dashboard: 'data:text/html,hello' } }, 'links.dashboard: Write the whole address'],
    [{ links: { repository: 'git.example.org/checkout' } }, 'links.repository: Write the whole address'],
    [{ links: { repository: 'https://' } }, 'links.repository: Write the whole address'],
    [{ links: { repository: 'https://me:secret@git.example.org' } }, 'links.repository: Leave name and password out'],
    [{ characteristics: { traffic: 'lots' } }, 'characteristics.traffic: Write requests per second'],
    [{ characteristics: { traffic: -1 } }, 'characteristics.traffic: Write requests per second'],
    [{ labels: { '1': 'a' } }, 'labels.1: A label begins'],
  ])('%#', (change, words) => expect(refusal(change)).toContain(words))

  it('and otherwise accepted', () => {
    expect(refusal({})).toBeUndefined()
    expect(refusal({ links: { runbook: 'HTTPS://runbooks.example.org/a?b=c#d' } })).toBeUndefined()
    expect(refusal({ team: null, newTeam: 'Returns' })).toBeUndefined()
  })
})

describe('the form', () => {
  it('reads back what it writes', () => {
    const { newTeam: _, ...record } = serviceDefinitionSchema.parse({
      ...GOOD,
      ...{ labels: { product: 'shop', region: 'eu' }, dependencies: ['identity-api'], sloOwner: 'sofia@example.org' },
      links: { runbook: 'https://runbooks.example.org' },
      characteristics: { revenueImpact: 'direct', safetyImpact: false, userFacing: true, traffic: 12.5 },
    })
    const known = { ...record, team: 'payments' }
    const { newTeam, ...again } = serviceDefinitionSchema.parse(serviceInputOf(draftOfService(known)))
    expect([again, newTeam]).toEqual([known, null])
  })
  it.each([
    ['links.runbook', 'runbook'],
    ['context.businessImpact', 'businessImpact'],
    ['characteristics.traffic', 'traffic'],
    ['labels.1', 'labels'],
    ['dependencies.0', 'dependencies'],
    ['name', 'name'],
  ])('knows where %s is shown', (path, field) => expect(fieldOfServicePath(path)).toBe(field))
})
