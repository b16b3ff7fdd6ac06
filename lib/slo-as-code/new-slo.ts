import type { AlertPolicy } from '../alert/alert-policy'
import { type Assigned, alertingOf } from '../alert/in-force'
import { pairName, SCOPE_WORDS, thresholdText } from '../alert/words'
import { targetText } from '../format'
import { lengthText } from '../format-time'
import { FIELD_WORDS, fieldText, windowText } from '../slo/definition-diff'
import type { SloDefinitionRecord } from '../slo/definition-input'
import { INDICATOR_WORDS, type Indicator } from '../slo/indicator'
import { type SloWindow, windowAt } from '../slo/window'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'

/** What an SLO is that nobody has seen yet, in the words that screens have for it. */

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
/** A query may have thousands of letters; whoever reads a plan needs the beginning. */
const MOST_LETTERS = 200
const shortened = (text: string): string => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text)

/** "target 99.90 %, window 28 d rolling, source prometheus", and what is not as usual. */
export function promiseText(definition: SloDefinitionRecord): string {
  const { target, window, dataSource, method, sliceTarget, noDataPolicy, gating } = definition
  return [
    ...[`target ${targetText(target)} %`, `window ${windowText(window)}`, `source ${dataSource}`],
    ...(method === 'occurrences' ? [] : [`budget counted by ${method.replaceAll('_', ' ')}`]),
    ...(sliceTarget === null ? [] : [`slice target ${targetText(sliceTarget)} %`]),
    ...(noDataPolicy === 'ignore' ? [] : [`missing data ${noDataPolicy.replaceAll('_', ' ')}`]),
    ...(gating ? ['gates releases'] : []),
  ].join(', ')
}

/** "Measures latency: histogram request_seconds{job="shop"}; threshold 0.3 s" */
export function measuresText(indicator: Indicator): string {
  const { kind, ...fields } = indicator
  const said = Object.entries(fields).flatMap(([key, value]) => {
    const [word, unit] = FIELD_WORDS[key]?.split(', ') ?? []
    if (!word || value === undefined || value === false) return []
    const text = value === true ? '' : shortened(fieldText(value).replaceAll('\n', ' + '))
    return [[lowered(word), text, unit].filter(Boolean).join(' ')]
  })
  return `Measures ${INDICATOR_WORDS[kind]}: ${said.join('; ')}`
}

/** "page at 14.4× over 1 h and 5 min; ticket at 3× over 6 h and 30 min" */
export const pairsText = ({ pairs }: AlertPolicy): string =>
  pairs.map((pair) => `${pair.severity} at ${thresholdText(pair.at)} over ${pairName(pair)}`).join('; ')

/** Where files say nothing of alerts: the policy that will hold for an SLO which is not there yet. */
export function alertsThere(assigned: Assigned[], { serviceId, tier }: { serviceId: number; tier: string }): string {
  const { name, scope } = alertingOf(assigned)({ id: 0, serviceId, tier })
  return `alerts “${name}” (${SCOPE_WORDS[scope]})`
}

type Measured = { measuredFrom: UnixSeconds; to: UnixSeconds }
/** A source that is scraped now and then has its first sample a little later. */
const SLACK = HOUR

/** "its last 7 d", "6 h of its 7 d", "this month so far": what a budget was measured over at the source. */
export function measuredOver(window: SloWindow, { measuredFrom, to }: Measured): string {
  const { from } = windowAt(window, to)
  const length = to - Math.max(from, measuredFrom)
  const whole = measuredFrom - from <= SLACK
  const [of, all] =
    window.kind === 'rolling'
      ? [`its ${lengthOf(window.days * DAY)}`, `its last ${lengthOf(window.days * DAY)}`]
      : [`this ${window.unit}`, `this ${window.unit} so far`]
  return whole ? all : `${lengthOf(length)} of ${of}`
}

/** Days as windows are called: "7 d", and of stretches that are shorter the hours. */
const lengthOf = (seconds: number): string => (seconds % DAY === 0 ? `${seconds / DAY} d` : lengthText(seconds))
