import { describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { ROLES, type Role } from '../auth/role'
import { canDefineSlo, canReadSlos, canRefreshSlo, canVerifySlo, maySlo } from './policy'

const actorOf = (type: 'user' | 'token', role: Role): Actor =>
  type === 'user'
    ? { type, id: '1', name: role, email: `${role}@example.org`, role }
    : { type, id: '1', name: role, role, ownerId: null }

/** Who may what: reading, asking the source, defining. */
const MAY: Record<Role, [read: boolean, ask: boolean, define: boolean]> = {
  viewer: [true, false, false],
  engineer: [true, true, true],
  slo_owner: [true, true, true],
  product_owner: [true, true, false],
  administrator: [true, true, true],
}

describe.each(['user', 'token'] as const)('a %s', (type) => {
  it.each(ROLES)('with the role %s', (role) => {
    const actor = actorOf(type, role)
    const [read, ask, define] = MAY[role]
    expect(canReadSlos(actor)).toBe(read)
    expect([canRefreshSlo(actor), canVerifySlo(actor)]).toEqual([ask, ask])
    expect(canDefineSlo(actor)).toBe(define)
    expect(maySlo(actor)).toEqual({ refresh: ask, verify: ask, define })
  })
})
