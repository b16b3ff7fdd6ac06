import { factorText, targetText } from '../format'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { Indicator } from '../slo/indicator'
import type { Ratio, Seconds } from '../time-series/units'

export type Described = Pick<SloDefinitionRecord, 'indicator' | 'method' | 'sliceTarget'>

const timeText = (seconds: Seconds): string =>
  seconds < 1
    ? `${factorText(seconds * 1000)} ms`
    : seconds < 120
      ? `${factorText(seconds)} s`
      : `${factorText(seconds / 60)} min`

/** Of what, and what is good about it. */
function partsOf(indicator: Indicator): [of: string, good: string] {
  switch (indicator.kind) {
    case 'availability':
      return ['requests', 'are answered without a failure']
    case 'latency':
      return ['requests', `are answered within ${timeText(indicator.thresholdSeconds)}`]
    case 'error-rate':
      return ['requests', `bring no ${indicator.errorClass} error`]
    case 'throughput':
      return ['minutes', `have at least ${factorText(indicator.floorPerSecond)} events per second`]
    case 'quality':
      return ['answers', 'are of full quality']
    case 'freshness-batches':
      return ['runs', 'are finished in time']
    case 'freshness-age':
      return ['minutes', `have data not older than ${timeText(indicator.limitSeconds)}`]
    case 'completeness':
      return ['expected records', 'are processed']
    case 'good-total':
    case 'bad-total':
      return ['events', 'are good']
    case 'ratio':
      return ['the time, weighed by its ratio,', 'is good']
    case 'boolean':
      return ['readings', 'say that it is up']
    case 'composite':
      return [
        'minutes',
        `are good by the rule “${indicator.rule.replaceAll('-', ' ')}” over ${indicator.members.length} objectives`,
      ]
  }
}

/** The objective as people say it: "99.90 % of requests are answered within 300 ms." */
export function objectiveSentence({ indicator, method, sliceTarget }: Described, target: Ratio): string {
  const [of, good] = partsOf(indicator)
  const share = `${targetText(target)} %`
  if (method === 'time_slices' && sliceTarget !== null && of !== 'minutes')
    return `${share} of minutes are good: those in which at least ${targetText(sliceTarget)} % of ${of} ${good}.`
  return `${share} of ${of} ${good}.`
}
