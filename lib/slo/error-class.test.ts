import { describe, expect, it } from 'vitest'
import { sloDefinitionSchema } from './definition-input'
import { proposedCondition } from './draft'
import { ERROR_CLASSES } from './indicator'

const issuesOf = (errorClass: string, failed: string) =>
  sloDefinitionSchema
    .safeParse({
      ...{ name: 'Errors', slug: 'errors', service: 'checkout', dataSource: 'prometheus', target: 0.99 },
      window: { kind: 'rolling', days: 30 },
      indicator: { kind: 'error-rate', requests: 'http_requests_total{service="checkout"}', errorClass, failed },
    })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('a class of errors and its condition', () => {
  it.each([
    ['server', '{status=~"5.."}'],
    ['server', '{code="503"}'],
    ['server', '{status=~"5..",status!="504"}'],
    ['client', '{status=~"4[0-9]{2}"}'],
    ['timeout', '{status="504"}'],
    ['timeout', '{status=~"504|408"}'],
    ['timeout', '{outcome="deadline"}'],
    ['business', '{status="200",result="declined"}'],
    ['custom', '{status=~"5.."}'],
  ])('%s agrees with %s', (errorClass, failed) => expect(issuesOf(errorClass, failed)).toEqual([]))

  it.each([
    ['timeout', '{status=~"5.."}', 'status 504 (or 408)'],
    ['server', '{status=~"4..|5.."}', 'status 5xx'],
    ['server', '{status!="200"}', 'status 5xx'],
    ['client', '{status="500"}', 'status 4xx'],
    ['client', '{status="teapot"}', 'status 4xx'],
  ])('%s is refused %s', (errorClass, failed, means) => {
    const [issue] = issuesOf(errorClass, failed)
    expect(issue).toContain('indicator.failed: ')
    expect(issue).toContain(means)
    expect(issue).toContain('custom')
  })

  it('proposes its condition, and leaves alone what somebody wrote', () => {
    expect(ERROR_CLASSES.map((name) => proposedCondition(name, ''))).toEqual([
      '{status=~"5.."}',
      '{status=~"4.."}',
      '{status="504"}',
      '',
      '',
    ])
    expect(proposedCondition('timeout', '{status=~"5.."}')).toBe('{status="504"}')
    expect(proposedCondition('timeout', '{status=~"5..",route="/pay"}')).toBe('{status=~"5..",route="/pay"}')
  })
})
