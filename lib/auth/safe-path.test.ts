import { describe, expect, it } from 'vitest'
import { safePath } from './safe-path'

describe('safePath', () => {
  it.each(['/', '/slos/3?range=30d', '/?state=critical,warning'])('keeps %s', (path) => expect(safePath(path)).toBe(path))
  it.each([
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/sign-in?from=/',
    'javascript:alert(1)',
  ])('sends %s to the overview', (path) => expect(safePath(path)).toBe('/'))
})
