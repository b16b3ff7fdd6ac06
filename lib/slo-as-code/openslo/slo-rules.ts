import { DateTime, IANAZone } from 'luxon'
import { zoneSchema } from '../../slo/window'
import { type Cursor, meant } from '../cursor'
import { shown } from '../fault'
import { dnsLabel, exactlyOne, inPercent, oneOf, plainWords, required, requiredObject, within } from '../rules'
import { durationOf, durationRules } from './duration'
import { description, metadataRules, OPERATORS, policyRules, refOrInline, sliRules } from './rules'
import { misspeltZone } from './zones'

/** Rules of an SLO, and warnings where the format lets something through that cannot be meant. */

const METHODS = ['Occurrences', 'Timeslices', 'RatioTimeslices']

/** `alpha`: an older version, whose objects are not refused for what only v1 asks. */
export function sloRules(spec: Cursor, now?: number, alpha = false): void {
  if (!requiredObject(spec)) return
  description(spec)
  if (required(spec.get('service'))) plainWords(spec.get('service'))
  if (required(spec.get('budgetingMethod'))) oneOf(spec.get('budgetingMethod'), METHODS)
  indicatorRules(spec)
  windowRules(spec.get('timeWindow'), now)
  const objectives = spec.get('objectives')
  if (objectives.each().length === 0 && (!objectives.present || objectives.item?.kind === 'list'))
    objectives.warn('validate', 'Without objectives nothing is promised, and nothing will be measured.')
  for (const objective of objectives.each()) objectiveRules(spec, objective, alpha)
  holes(spec)
  for (const policy of spec.get('alertPolicies').each()) refOrInline(policy, 'alertPolicyRef', 'AlertPolicy', policyRules)
}

const measures = (cursor: Cursor): boolean => cursor.get('indicator').present || cursor.get('indicatorRef').present

/** On the SLO (standard) or on its objectives (composite). */
function indicatorRules(spec: Cursor): void {
  const parts = spec.get('objectives').each().filter(measures)
  const misspelt = [spec, ...spec.get('objectives').each()].some(
    (cursor) => cursor.get('indicator').meant || cursor.get('indicatorRef').meant,
  )
  if (!measures(spec) && parts.length === 0 && !misspelt)
    spec.error('validate', 'An indicator or indicatorRef is required, here or on each objective.')
  if (measures(spec) && parts.length > 0)
    spec.error('validate', 'The SLO and its objectives both name an indicator: it stands in one of the two places.')
  for (const holder of [spec, ...parts].filter(measures)) {
    if (!exactlyOne(holder, ['indicator', 'indicatorRef'])) continue
    const ref = holder.get('indicatorRef')
    if (ref.present && required(ref)) dnsLabel(ref)
    const indicator = holder.get('indicator')
    if (!indicator.present) continue
    metadataRules(indicator.get('metadata'))
    sliRules(indicator.get('spec'))
  }
}

function windowRules(windows: Cursor, now?: number): void {
  const items = windows.each()
  if (items.length !== 1 && (!windows.present || windows.item?.kind === 'list'))
    windows.error('validate', `Exactly one time window is required; there are ${items.length}.`)
  for (const window of items) {
    required(window.get('duration'))
    durationRules(window.get('duration'))
    const written = window.get('isRolling')
    const rolling = written.flag() === true
    // Of anything but true and false it was said when it was decoded.
    const known = written.meant || (written.present && written.flag() === undefined)
    const calendar = window.get('calendar')
    if (rolling && calendar.present)
      calendar.error('validate', 'A rolling window has no calendar.', 'Leave calendar out, or isRolling.')
    if (!rolling && !calendar.present && !calendar.meant && !known)
      window.error('validate', 'A window that is not rolling needs a calendar.', 'Write isRolling: true, or add a calendar.')
    if (calendar.present) calendarRules(calendar, now)
  }
}

function calendarRules(calendar: Cursor, now?: number): void {
  const [start, zone] = [calendar.get('startTime'), calendar.get('timeZone')]
  const zoned = zone.text()
  if (required(zone) && zoned !== undefined) zoneRules(zone, zoned)
  const written = start.text()
  if (!required(start) || written === undefined) return
  const at = startOf(written, zoned)
  if (!at?.isValid)
    start.error('validate', `“${shown(written)}” is no start: write YYYY-MM-DD HH:MM:SS.`, 'For example 2026-01-01 00:00:00.')
  else if (now !== undefined && at.toUnixInteger() > now) start.warn('validate', 'The calendar begins in the future.')
}

function zoneRules(zone: Cursor, written: string): void {
  const known = zoneSchema.safeParse(written).success
  const better = known ? misspeltZone(written) : undefined
  if (!known || better)
    zone.error(
      'validate',
      `“${shown(written)}” is no IANA time zone.`,
      better ? `Write ${better}.` : 'For example Europe/Berlin.',
    )
}

/** As Go reads it: an hour may have one digit, and parts of a second are left out. */
const START = /^(\d{4}-\d{2}-\d{2}) +(\d|[01]\d|2[0-3]):(\d{2}:\d{2})([.,]\d+)?$/

export const startOf = (written: string, zone: string | undefined): DateTime | null =>
  START.test(written)
    ? DateTime.fromSQL(
        written.replace(START, (_, day: string, hour: string, rest: string) => `${day} ${hour.padStart(2, '0')}:${rest}`),
        {
          zone: zone && IANAZone.isValidZone(zone) ? zone : 'UTC',
        },
      )
    : null

function objectiveRules(spec: Cursor, objective: Cursor, alpha: boolean): void {
  exactlyOne(objective, ['target', 'targetPercent'])
  const target = objective.get('target')
  const percent = target.number() as number
  const suggestion =
    percent > 1 && percent < 100 ? `Did you mean ${Number((percent / 100).toPrecision(12))}, or targetPercent?` : undefined
  within(target, (value) => value >= 0 && value < 1, 'a target: it is at least 0 and below 1', suggestion)
  within(objective.get('targetPercent'), (value) => value >= 0 && value < 100, 'a percentage: it is at least 0 and below 100')
  inPercent(objective.get('targetPercent'), 'target')
  if (target.number() === 0 || objective.get('targetPercent').number() === 0)
    objective.warn('validate', 'A target of 0 passes the format, and promises nothing.')
  const weight = objective.get('compositeWeight')
  const composite = spec.get('objectives').each().some(measures)
  if (composite) within(weight, (value) => value > 0, 'a weight: it is more than 0')
  else if ((weight.number() ?? 1) <= 0) weight.warn('validate', `${weight.number()} is not a weight: it is more than 0.`)
  comparisonRules(spec, objective, alpha)
  sliceRules(spec, objective, alpha)
}

/** A threshold needs something to compare with, a ratio has nothing to compare. What the SDK does not look at is only warned of. */
function comparisonRules(spec: Cursor, objective: Cursor, alpha: boolean): void {
  const part = objective.get('indicator')
  const indicator = part.present ? part : spec.get('indicator')
  const threshold = indicator.in('spec', 'thresholdMetric').present
  const ratio = indicator.in('spec', 'ratioMetric').present
  const strict = threshold && !part.present
  const op = objective.get('op')
  const sign = op.text()
  if (strict) oneOf(op, OPERATORS)
  else if (sign && !OPERATORS.includes(sign))
    op.warn('validate', `“${shown(sign)}” is none of ${OPERATORS.join(', ')}.`, meant(sign, OPERATORS))
  for (const field of [op, objective.get('value')]) {
    if (strict && !ratio) required(field)
    if (!ratio || threshold || !field.present || field.text() === '') continue
    const name = field.path.split('.').at(-1)
    const reason = `${name} is forbidden where the indicator is a ratio: there is nothing to compare.`
    if (part.present || alpha) field.warn('validate', reason, `Leave ${name} out.`)
    else field.error('validate', reason, `Leave ${name} out.`)
  }
}

function sliceRules(spec: Cursor, objective: Cursor, alpha: boolean): void {
  const method = spec.get('budgetingMethod').text()
  const [target, window] = [objective.get('timeSliceTarget'), objective.get('timeSliceWindow')]
  const sliced = method === 'Timeslices' || method === 'RatioTimeslices'
  durationRules(window, !sliced)
  if (method === 'Timeslices') required(target)
  if (method === 'Timeslices')
    within(target, (value) => value > 0 && value <= 1, 'a target of slices: it is above 0 and at most 1')
  // v1alpha has no such field.
  if (sliced && alpha && !window.present) window.warn('validate', 'timeSliceWindow is missing: slices are minutes.')
  else if (sliced) required(window)
  const slice = durationOf(window.text())
  const whole = durationOf(spec.get('timeWindow').each()[0]?.get('duration').text())
  if (slice && whole && slice.seconds > whole.seconds) window.warn('validate', 'The slice is longer than the time window.')
}

/** What the SDK lets pass. */
function holes(spec: Cursor): void {
  const objectives = spec.get('objectives').each()
  const parts = objectives.filter(measures)
  if (parts.length > 0)
    for (const one of objectives.filter((objective) => !measures(objective)))
      one.warn('validate', 'Other objectives name an indicator and this one does not: it is no part of the composite.')
  if (objectives.length > 1 && parts.length === 0 && spec.in('indicator', 'spec', 'thresholdMetric').present)
    spec.get('objectives').warn('validate', 'The specification allows one objective only for a threshold.')
}
