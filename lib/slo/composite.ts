import type { Ratio } from '../time-series/units'

/** How the minutes of several SLOs become one minute of a journey over them (semantics §2, last row). */
export const COMPOSITE_RULES = ['weighted-mean', 'worst-of', 'any-bad-slice', 'product'] as const
export type CompositeRule = (typeof COMPOSITE_RULES)[number]

/** What a member means in a minute for which it has no reading. */
export const LATE_POLICIES = ['leave-out', 'wait', 'count-as-bad', 'count-as-good'] as const
export type LatePolicy = (typeof LATE_POLICIES)[number]

export type MemberRef = {
  /** short names of its service and of itself */
  service: string
  slo: string
  /** only the weighted mean looks at it; more than 0 */
  weight: number
}

export type MemberMinute = {
  /** good ÷ total of this minute, 1 when it was idle, `null` without a reading */
  ratio: Ratio | null
  weight: number
  /** what the ratio has to reach to be no bad slice: the member's slice target, else its target */
  bar: Ratio
}

/**
 * The share of one minute that counts as good, 0..1; `null` when the minute is unmeasured.
 *
 * weighted mean Σ w·r ÷ Σ w · worst of min r · product Π r · any bad slice 1 if every r reaches its bar, else 0.
 * A member without a reading is left out of the rule, makes the minute unmeasured, or stands in with 0 or 1.
 */
export function composeMinute(rule: CompositeRule, late: LatePolicy, members: MemberMinute[]): Ratio | null {
  const missing = members.some(({ ratio }) => ratio === null)
  if (missing && late === 'wait') return null
  const present = members.flatMap(({ ratio, ...member }) => {
    if (ratio !== null) return { ...member, ratio }
    return late === 'leave-out' ? [] : { ...member, ratio: late === 'count-as-good' ? 1 : 0 }
  })
  if (present.length === 0) return null
  switch (rule) {
    case 'weighted-mean': {
      const weights = present.reduce((sum, { weight }) => sum + weight, 0)
      // A mean of equal ratios is that ratio; the division may leave it by a last digit.
      return Math.min(1, present.reduce((sum, { weight, ratio }) => sum + weight * ratio, 0) / weights)
    }
    case 'worst-of':
      return Math.min(...present.map(({ ratio }) => ratio))
    case 'product':
      return present.reduce((product, { ratio }) => product * ratio, 1)
    case 'any-bad-slice':
      return present.every(({ ratio, bar }) => ratio >= bar) ? 1 : 0
  }
}

export const RULE_WORDS: Record<CompositeRule, { name: string; says: string }> = {
  'weighted-mean': {
    name: 'weighted mean',
    says: 'Each minute is the mean of its members, by their weights. A member that fails takes its share with it.',
  },
  'worst-of': { name: 'worst of', says: 'Each minute is as good as its worst member: a chain is as strong as its weakest link.' },
  'any-bad-slice': {
    name: 'any bad slice',
    says: 'A minute is good when every member reaches its own slice target in it, or its target when it has none. Else it is bad.',
  },
  product: {
    name: 'product',
    says: 'Each minute is the product of its members: the chance that somebody gets through all of them, if they fail independently.',
  },
}

export const LATE_WORDS: Record<LatePolicy, { name: string; says: string }> = {
  'leave-out': { name: 'leave it out', says: 'the others decide' },
  wait: { name: 'leave the minute out', says: 'the minute is not measured' },
  'count-as-bad': { name: 'count it as bad', says: 'it counts as 0 %' },
  'count-as-good': { name: 'count it as good', says: 'it counts as 100 %' },
}
