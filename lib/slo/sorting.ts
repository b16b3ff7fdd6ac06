import type { Matcher } from './indicator'
import type { Signal } from './measurement-plan'
import { canonicalMatchers, type Sorting } from './promql'
import { escapedRegex } from './regex'

/** `matched`: whether the part is what the pattern takes, or what it leaves. */
export type SortedPart = { sort: Sorting; matched: boolean }

/** Where one more matcher makes the part of all events, the same counters need not be read twice; `null` elsewhere. */
export function sortedPartOf(part: Signal, all: Signal): SortedPart | null {
  if (part.fn !== 'increase' || all.fn !== 'increase' || part.selector.metric !== all.selector.metric) return null
  if (part.renamed || all.within) return null
  const textOf = (matcher: Matcher) => canonicalMatchers([matcher])
  const [shared, own] = [all, part].map(({ selector }) => selector.matchers.map(textOf)) as [string[], string[]]
  const [told, ...more] = part.selector.matchers.filter((matcher) => !shared.includes(textOf(matcher)))
  if (!told || more.length > 0 || own.length !== shared.length + 1 || !shared.every((one) => own.includes(one))) return null
  const pattern = told.op.endsWith('~') ? told.value : escapedRegex(told.value)
  return { sort: { label: told.label, pattern }, matched: !told.op.startsWith('!') }
}
