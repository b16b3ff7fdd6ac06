import { describe, expect, it } from 'vitest'
import { applySchema, planSchema } from './schema'

const files = [{ name: 'a.yaml', content: '' }]
const reasonsOf = (schema: typeof planSchema | typeof applySchema, body: unknown) =>
  schema.safeParse(body).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('what is sent to be planned and applied', () => {
  it.each<[string, unknown, string]>([
    ['a list', [], ': Send an object with files: [{ name, content }].'],
    ['a word that is misspelt', { files, ownr: 'git' }, ': There is no field “ownr” here.'],
    ['what applying alone knows', { files, expect: '0123456789abcdef' }, ': There is no field “expect” here.'],
    ['a word for a choice', { files, prune: 'yes' }, 'prune: prune is true or false.'],
  ])('%s is refused', (_, body, reason) => expect(reasonsOf(planSchema, body)).toEqual([reason]))

  it('a fingerprint is one, or none', () => {
    const none = 'expect: expect is the fingerprint of a plan: 16 letters and digits, as plan says them.'
    expect(reasonsOf(applySchema, { files, expect: 'zzz' })).toEqual([none])
    expect(reasonsOf(applySchema, { files, expect: '0123456789abcdef' })).toBeUndefined()
    expect(reasonsOf(applySchema, { files, expect: null })).toBeUndefined()
  })
})
