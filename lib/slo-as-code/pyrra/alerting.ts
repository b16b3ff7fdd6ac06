import { lengthText } from '../../format-time'
import { DAY, HOUR, MINUTE, type Seconds } from '../../time-series/units'
import type { Cursor } from '../cursor'
import type { Alerting } from '../declared'
import { prometheusDuration } from '../duration'
import { alertingOf, measuredLong, severityOf } from '../pairs'

/** Of 28 days. For other windows Pyrra scales how far they look back and how long they wait; the factors stay. */
const TIERS = [
  { hours: 1, minutes: 2, factor: 14, usual: 'critical' },
  { hours: 6, minutes: 15, factor: 7, usual: 'critical' },
  { hours: 24, minutes: 60, factor: 2, usual: 'warning' },
  { hours: 96, minutes: 180, factor: 1, usual: 'warning' },
]

/** How Pyrra would alert, over what is measured here. */
export function alertingFor(alerting: Cursor, window: Cursor): Alerting {
  if (alerting.get('burnrates').flag() === false || alerting.get('disabled').flag() === true) return { kind: 'none' }
  const severities = alerting.get('severities')
  if (severities.present)
    severities.warn('validate', 'Severities are left out: the first two conditions page, the others open a ticket.')
  const length = prometheusDuration(window.text() ?? '') ?? 0
  const scaled = (of28: Seconds): Seconds => Math.round((of28 * length) / (28 * DAY) / MINUTE) * MINUTE
  const tiers = TIERS.map((tier) => {
    const asked = Math.max(MINUTE, scaled(tier.hours * HOUR))
    return { ...tier, asked, long: measuredLong(asked) }
  })
  // A tenth more or less is no other alert.
  if (tiers.some(({ asked, long }) => Math.abs(asked - long) > asked / 10))
    window.warn(
      'validate',
      `Alerts look back over ${tiers.map(({ long }) => lengthText(long)).join(', ')}, where Pyrra would over ${tiers.map(({ asked }) => lengthText(asked)).join(', ')}: others are not measured.`,
    )
  return alertingOf(
    tiers.map(({ long, minutes, factor, usual }) => ({
      ...{ at: alerting, long, severity: severityOf(usual), hold: scaled(minutes * MINUTE), threshold: { burn: factor } },
    })),
  )
}
