import { describe, expect, it } from 'vitest'
import type { DriftProblem } from './drift'
import { remedyOf } from './remedies'

const CHANGED: DriftProblem = { kind: 'changed', rule: 'SLOBudgetBurn', what: 'for', ours: '120 s', theirs: '60 s' }
const twice = (...files: string[]): DriftProblem => ({ kind: 'twice', files })
const ANEW = 'Export its rules anew and reload, or change the SLO to what was meant.'

describe('what to do', () => {
  it.each<[string, string, DriftProblem[], string]>([
    ['in step', 'shop/a', [], ''],
    ['changed', 'shop/a', [CHANGED], ANEW],
    ['changed, of a service', 'shop', [CHANGED], 'Export the rules of the whole service anew and reload.'],
    ['outdated', 'shop/a', [{ kind: 'outdated', version: 2 }, CHANGED], 'Export its rules anew and reload.'],
    ['said by the problem', 'shop', [{ kind: 'other-slos' }, CHANGED], ''],
    ['not loaded', 'shop/a', [{ kind: 'not-loaded' }], 'Export its rules, add the file to rule_files, and reload.'],
    [
      'twice, in two files',
      'shop/a',
      [twice('/r/a.yaml', '/r/b.yaml')],
      'Take the group headroom/shop/a out of one of the two files, /r/a.yaml and /r/b.yaml, and reload.',
    ],
    [
      'twice, in one file',
      'shop/a',
      [twice('/r/a.yaml', '/r/a.yaml')],
      'Leave one group of headroom/shop/a in /r/a.yaml, take out the others, and reload.',
    ],
    [
      'three times, once nobody knows where',
      'shop',
      [twice('/r/a.yaml', '/r/b.yaml', '')],
      'Leave the group headroom/shop in one of the files, /r/a.yaml, /r/b.yaml and a file that the source does not name, take it out of the others, and reload.',
    ],
    [
      'twice and changed',
      'shop/a',
      [CHANGED, twice('a', 'b')],
      `Take the group headroom/shop/a out of one of the two files, a and b, and reload. ${ANEW}`,
    ],
    [
      'failing comes before what only differs',
      'shop/a',
      [{ kind: 'failing', rule: 'x', error: 'no', more: 0 }, CHANGED],
      'Mend what the rule reads, or export the rules anew.',
    ],
  ])('%s', (_, key, problems, words) => expect(remedyOf(key, problems)).toBe(words))
})
