import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from './openapi'
import { cursorOf, idOfCursor } from './page'
import { sloQuerySchema } from './resources'

const routes = (readdirSync('app/api/v1', { recursive: true }) as string[])
  .filter((file) => file.endsWith('route.ts') && !file.includes('[...path]') && !file.startsWith('openapi.json'))
  .map((file) => `/api/v1/${file.replace(/\/route\.ts$/, '').replace(/\[(\w+)\]/g, '{$1}')}`)

describe('the OpenAPI document', () => {
  const document = openApiDocument()
  it('names every route, and no other', () => expect(Object.keys(document.paths ?? {}).sort()).toEqual(routes.sort()))
  it('describes answers, refusals and how to come in', () => {
    const { get } = document.paths?.['/api/v1/slos'] ?? {}
    expect(Object.keys(get?.responses ?? {})).toEqual(['200', '400', '401', '404'])
    expect(document.components?.schemas).toHaveProperty('Slo')
    expect(document.components?.schemas).toHaveProperty('Problem')
    expect(document.components?.securitySchemes).toHaveProperty('token')
  })
})

describe('queries', () => {
  it('read lists and numbers from text', () =>
    expect(sloQuerySchema.parse({ state: 'critical,warning', limit: '5' })).toMatchObject({
      state: ['critical', 'warning'],
      limit: 5,
    }))
  it.each([
    [{ state: 'bad' }, 'A state is one of'],
    [{ limit: 'many' }, 'whole number'],
    [{ limit: '501' }, 'at most 500'],
  ])('%j is refused with a sentence', (query, words) =>
    expect(sloQuerySchema.safeParse(query).error?.issues[0]?.message).toContain(words),
  )
  it('keep their place with cursors, and refuse made-up ones', () => {
    expect(idOfCursor(cursorOf(42))).toBe(42)
    expect(() => idOfCursor('made up')).toThrow('nextCursor')
  })
})
