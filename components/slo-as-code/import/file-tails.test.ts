import { expect, it } from 'vitest'
import { fileTails } from './file-tails'

it.each<[string, string[], string[]]>([
  ['one', ['slos/sub/a.yaml'], ['a.yaml']],
  ['other names', ['slos/a.yaml', 'slos/b.yaml'], ['a.yaml', 'b.yaml']],
  ['one name in two folders', ['slos/x/a.yaml', 'slos/y/a.yaml', 'slos/y/b.yaml'], ['x/a.yaml', 'y/a.yaml', 'b.yaml']],
  ['folders of one name', ['p/x/a.yaml', 'q/x/a.yaml', 'q/z/a.yaml'], ['p/x/a.yaml', 'q/x/a.yaml', 'z/a.yaml']],
  ['one that is the end of another', ['a.yaml', 'x/a.yaml', 'y/x/a.yaml'], ['a.yaml', 'x/a.yaml', 'y/x/a.yaml']],
  ['the same twice', ['x/a.yaml', 'x/a.yaml'], ['a.yaml', 'a.yaml']],
  ['empty parts', ['//a', '/a', 'a', ''], ['//a', '/a', 'a', '']],
])('%s', (_, names, tails) => expect(names.map((name) => fileTails(names).get(name))).toEqual(tails))

it('is quick with as many as there may be', () => {
  const names = Array.from({ length: 5_000 }, (_, i) => `${'deep/'.repeat(20)}f${i}/slos.yaml`)
  const began = performance.now()
  expect(fileTails(names).get(names[7] as string)).toBe('f7/slos.yaml')
  expect(performance.now() - began).toBeLessThan(1_000)
})
