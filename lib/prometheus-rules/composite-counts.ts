import type { CompositePlan } from '../slo/measurement-plan'
import type { Ratio } from '../time-series/units'
import { type Identity, numberText, SERIES, selected } from './names'

export const memberKey = ({ service, slo }: Identity): string => `${service}/${slo}`

/** A member that is late counts from its first minute on, and not before. */
const SEEN = '[1d]'

/** A member that rules are written for as well: the expression of its minute, and what that has to reach. */
export type Member = { share: string; bar: Ratio }

/**
 * The share of a minute that counts as good (`composeMinute`). Members are counted here once more, so that all of them speak of
 * the same minute: groups are evaluated one after the other. Of a member that is not among these, what its own rules record.
 */
export function compositeShare(
  { rule, late, members }: CompositePlan,
  memberOf: (identity: Identity) => Member | undefined,
): string {
  const minutes = members.map(({ service, slo, weight }, i) => {
    const identity = { service, slo }
    const of = (name: string) => selected(name, identity)
    const member = memberOf(identity)
    const ratio = member
      ? `sum(${member.share})`
      : `sum(1 - ${of(SERIES.bad1m)} / (${of(SERIES.total1m)} > 0) or 0 * ${of(SERIES.total1m)} + 1)`
    const seen = `sum(0 * last_over_time(${of(SERIES.total1m)}${SEEN}))`
    const present =
      late === 'count-as-bad' ? `(${ratio} or ${seen})` : late === 'count-as-good' ? `(${ratio} or ${seen} + 1)` : ratio
    return { present, bar: member?.bar ?? 1, weight, label: (text: string) => `label_replace(${text}, "member", "${i}", "", "")` }
  })
  const each = (text: (minute: (typeof minutes)[number]) => string) =>
    minutes.map((minute) => minute.label(text(minute))).join(' or ')
  const share = (): string => {
    switch (rule) {
      case 'weighted-mean':
        return `sum(${each(({ present, weight }) => `${numberText(weight)} * ${present}`)}) / sum(${each(
          ({ present, weight }) => `0 * ${present} + ${numberText(weight)}`,
        )})`
      case 'worst-of':
        return `min(${each(({ present }) => present)})`
      case 'product':
        return `exp(sum(ln(${each(({ present }) => present)})))`
      case 'any-bad-slice':
        return `min(${each(({ present, bar }) => `(${present} >= bool ${numberText(bar)})`)})`
    }
  }
  const all = late === 'wait' ? minutes.map(({ present }) => ` and on () ${present}`).join('') : ''
  return `(clamp(${share()}, 0, 1)${all})`
}
