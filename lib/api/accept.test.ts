import { expect, it } from 'vitest'
import { prefers } from './accept'

it.each<[string | null, boolean]>([
  [null, false],
  ['', false],
  ['*/*', false],
  ['application/json', false],
  ['text/markdown', true],
  ['Text/Markdown; charset=utf-8', true],
  ['text/*', true],
  ['text/markdown, */*', true],
  ['application/json, text/markdown', true],
  ['text/markdown;q=0.1, application/json', false],
  ['text/markdown;q=0.1, */*;q=0.2', false],
  ['application/json;q=0.5,text/markdown;q=0.9', true],
  ['application/*;q=0.5 , text/*; Q=0.6', true],
  ['text/markdown;q=0', false],
  ['text/markdown;q=0, */*', false],
  ['text/markdown;q=0.000, application/json;q=0', false],
  ['text/*, text/markdown;q=0.1, application/json;q=0.2', false],
  ['text/markdown;q=best, application/json', false],
  ['text/plain;note="a, text/markdown", application/json', false],
  ['text/markdown;note="a;q=0";q=1, application/json;q=0.5', true],
  ['text/markdownx', false],
])('%j', (accept, markdown) => expect(prefers(accept, 'text/markdown', 'application/json')).toBe(markdown))

it('takes no time for what is none', () => {
  const began = performance.now()
  prefers(`"${'\\"'.repeat(100_000)}`, 'text/markdown', 'application/json')
  prefers(`text/markdown;${'"'.repeat(100_001)}`, 'text/markdown', 'application/json')
  expect(performance.now() - began).toBeLessThan(500)
})
