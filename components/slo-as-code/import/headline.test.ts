import { expect, it } from 'vitest'
import { type Answer, headline } from './headline'

const of = (more: Partial<Answer>): string => {
  const answer = { files: 1, blank: false, counts: { error: 0, warning: 0 }, broken: 0, plan: null, failed: false, ...more }
  return headline({ result: { faults: [], objects: 0, slos: 0, found: [] }, ...answer }).title
}

it.each<[Partial<Answer>, string]>([
  [{ blank: true }, 'Nothing written yet'],
  [{ blank: true, result: null }, 'Nothing written yet'],
  [{ result: null }, 'Reading …'],
  [{ counts: { error: 0, warning: 1 } }, 'No SLO in here'],
  [{ counts: { error: 1, warning: 0 }, broken: 1 }, '1 error to mend'],
  [{ result: { faults: [], objects: 2, slos: 2, found: [] } }, '2 SLOs can be read'],
])('says of %j: %s', (more, title) => expect(of(more)).toBe(title))
