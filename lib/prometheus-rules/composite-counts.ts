import type { CompositePlan } from '../slo/measurement-plan'
import type { Ratio } from '../time-series/units'
import { type Identity, numberText, SERIES, selected } from './names'

/** What has to be known of the members of a composite: what each one's minute has to reach. By "service/slo". */
export type Members = Map<string, { bar: Ratio }>

export const memberKey = ({ service, slo }: Identity): string => `${service}/${slo}`

/**
 * The share of a minute that counts as good, from the recorded minutes of the members (`composeMinute`). Their groups are
 * evaluated on their own: a member's newest minute may be the one before.
 */
export function compositeShare({ rule, late, members }: CompositePlan, known: Members): string {
  const minutes = members.map(({ service, slo, weight }, i) => {
    const of = (name: string) => selected(name, { service, slo })
    const ratio = `sum(1 - ${of(SERIES.bad1m)} / (${of(SERIES.total1m)} > 0) or 0 * ${of(SERIES.total1m)} + 1)`
    const present =
      late === 'count-as-bad' ? `(${ratio} or vector(0))` : late === 'count-as-good' ? `(${ratio} or vector(1))` : ratio
    const bar = known.get(memberKey({ service, slo }))?.bar ?? 1
    return { present, bar, weight, label: (text: string) => `label_replace(${text}, "member", "${i}", "", "")` }
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
  return `clamp(${share()}, 0, 1)${all}`
}
