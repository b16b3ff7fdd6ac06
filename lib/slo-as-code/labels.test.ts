import { describe, expect, it } from 'vitest'
import { read } from './read-fixture'

/** Labels whose keys the portal cannot keep: none is lost without a word. */

const labelled = (labels: string) => {
  const { declared, faults } = read(`apiVersion: openslo/v1\nkind: Service\nmetadata: {name: a, labels: {${labels}}}\nspec: {}\n`)
  return { labels: declared.services[0]?.labels, said: faults.map(({ path, reason }) => `${path}: ${reason}`) }
}
const leftOut = (key: string, why: string) => `metadata.labels["${key}"]: The label ${key} is left out: ${why}.`

describe('labels', () => {
  it.each<[string, object, string[]]>([
    ['a.b: "3"', { a_b: '3' }, ['metadata.labels["a.b"]: The label a.b is kept as a_b.']],
    ['a_b: "2", a.b: "3"', { a_b: '2' }, [leftOut('a.b', 'it would become a_b here, and the value of a_b is kept')]],
    ['a.b: "3", a_b: "2"', { a_b: '2' }, [leftOut('a.b', 'it would become a_b here, and the value of a_b is kept')]],
    [
      '1.b: "3", 1_b: "4"',
      { _1_b: '3' },
      [
        'metadata.labels["1.b"]: The label 1.b is kept as _1_b.',
        leftOut('1_b', 'it would become _1_b here, and the value of 1.b is kept'),
      ],
    ],
    ['a.b: ""', {}, [leftOut('a.b', 'a value has 1 to 100 characters')]],
  ])('{%s}', (written, labels, said) => expect(labelled(written)).toEqual({ labels, said }))
})
