import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portableOf } from '../portable'
import { anyPortable } from '../portable-fixture'
import { readFiles } from '../read-files'
import { opensloFiles, opensloOf } from './write'

const again = (files: { name: string; content: string | Uint8Array }[]) => {
  const { declared, faults } = readFiles(files, { whole: true })
  return { ...portableOf(declared), faults }
}

describe('what is written as OpenSLO', () => {
  it('is read as the same, without a fault', () => {
    fc.assert(
      fc.property(anyPortable, (portable) => {
        const content = new TextEncoder().encode(opensloOf(portable))
        expect(again([{ name: 'all.yaml', content }])).toEqual({ ...portable, faults: [] })
      }),
      { numRuns: 60 },
    )
  }, 30_000)
  it('may be spread over a file for each service', () => {
    fc.assert(
      fc.property(anyPortable, (portable) => {
        const files = opensloFiles(portable).map(({ name, text }) => ({ name, content: text }))
        const { services, slos, faults } = again(files)
        expect(faults).toEqual([])
        expect(new Set(services.map(({ slug }) => slug))).toEqual(new Set(portable.services.map(({ slug }) => slug)))
        expect(slos).toHaveLength(portable.slos.length)
        expect(slos).toEqual(expect.arrayContaining(portable.slos))
      }),
      { numRuns: 20 },
    )
  }, 30_000)
})
