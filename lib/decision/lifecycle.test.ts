import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { APPROVER_ROLES, DECISIONS } from '../release/vocabulary'
import {
  missingApprovers,
  moved,
  type Progress,
  partOf,
  REQUEST_STATUSES,
  REQUEST_VERBS,
  type RequestStatus,
  type RequestVerb,
} from './lifecycle'

const at = (status: RequestStatus, over: Partial<Progress> = {}): Progress => ({
  ...{ status, decision: 'review', approvers: ['product_owner'], approvals: [] },
  ...over,
})
const HOW = { decision: 'review', by: 'product_owner' } as const

/** Where each verb leads from each status; what is not here is not possible. */
const PATHS: Record<RequestVerb, Partial<Record<RequestStatus, RequestStatus>>> = {
  ask: { draft: 'decided', decided: 'decided', refused: 'decided', expired: 'decided' },
  edit: { draft: 'draft' },
  approve: { decided: 'approved' },
  refuse: { decided: 'refused' },
  take_back: {},
  withdraw: { draft: 'withdrawn', decided: 'withdrawn', approved: 'withdrawn', refused: 'withdrawn', expired: 'withdrawn' },
  release: { approved: 'released' },
  expire: { decided: 'expired', approved: 'expired' },
  observe: { released: 'observed' },
}

describe('the state machine', () => {
  for (const verb of REQUEST_VERBS)
    for (const status of REQUEST_STATUSES)
      it(`${verb} from ${status}: ${PATHS[verb][status] ?? 'impossible'}`, () =>
        expect(moved(at(status), verb, HOW)).toBe(PATHS[verb][status] ?? null))

  it.each(DECISIONS.filter((decision) => decision !== 'review'))('what is to %s cannot be approved by a person', (decision) =>
    expect(moved(at('decided', { decision }), 'approve', HOW)).toBeNull(),
  )
  it('an approving decision needs nobody', () => expect(moved(at('draft'), 'ask', { decision: 'approve' })).toBe('approved'))

  const approved = { role: 'product_owner', personId: 'p', approves: true } as const
  it('high risk needs both, in any order', () => {
    const high = at('decided', { approvers: [...APPROVER_ROLES] })
    expect(moved(high, 'approve', { by: 'slo_owner' })).toBe('decided')
    expect(moved({ ...high, approvals: [approved] }, 'approve', { by: 'slo_owner' })).toBe('approved')
    expect(moved({ ...high, approvals: [approved] }, 'approve', { by: 'product_owner' })).toBeNull()
  })
  it('an approval can be taken back until the release', () => {
    expect(moved(at('approved', { approvals: [approved] }), 'take_back')).toBe('decided')
    expect(moved(at('released', { approvals: [approved] }), 'take_back')).toBeNull()
  })
  it('what was released or withdrawn never comes back', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...REQUEST_VERBS)), fc.constantFrom(...DECISIONS), (verbs, decision) => {
        let status: RequestStatus = 'draft'
        let over: RequestStatus | null = null
        for (const verb of verbs) {
          status = moved(at(status, { decision }), verb, { decision, by: 'product_owner' }) ?? status
          if (over !== null) expect([over, 'observed']).toContain(status)
          if (status === 'withdrawn' || status === 'released' || status === 'observed') over = status
        }
      }),
    ))
})

const user = (role: Extract<Actor, { type: 'user' }>['role']): Actor => ({
  type: 'user',
  id: 'u',
  name: 'U',
  email: 'u@example.org',
  role,
})
describe('in whose part somebody speaks', () => {
  it.each([
    ['product_owner', 'product_owner'],
    ['slo_owner', 'slo_owner'],
    ['administrator', 'product_owner'],
    ['engineer', null],
    ['viewer', null],
  ] as const)('%s: %s', (role, part) => expect(partOf(user(role), [...APPROVER_ROLES])).toBe(part))
  it('whoever is not missing has nothing to say', () => expect(partOf(user('product_owner'), ['slo_owner'])).toBeNull())
  it('what was refused is still missing', () =>
    expect(
      missingApprovers({ approvers: ['slo_owner'], approvals: [{ role: 'slo_owner', personId: 'x', approves: false }] }),
    ).toEqual(['slo_owner']))
})
