import type { Indicator, Selector } from '../../slo/indicator'
import { planOf, signalsOf } from '../../slo/measurement-plan'
import { selectorRefusal } from '../../slo/promql-check'
import type { SloWindow } from '../../slo/window'
import type { Cursor } from '../cursor'
import { type DeclaredSlo, UNSAID, type Unsaid } from '../declared'
import { readQuery, uncheckedWords } from '../queries'
import { slugAt } from '../terms'
import { DOMAIN, edited, type OwnSlo } from './annotations'
import type { Measured } from './indicators'
import { measureOf, measureText, writtenMeasure, writtenSource } from './measure'
import { descriptionOf, namesSlo, sourceRef, titleOf } from './names'
import { zoneName } from './zones'

/** Annotations of ours beside the fields they belong to. What a field says otherwise counts, and a warning says so. */

/** The annotated value where the field is what it would be written as. */
function agreed<T>(
  metadata: Cursor,
  name: string,
  value: T | undefined,
  fits: (value: T) => boolean,
  field: string,
): T | undefined {
  if (value === undefined || fits(value)) return value
  edited(metadata, name, field)
  return undefined
}

export function titlesOf(object: Cursor, own: { name?: string; description?: string }): { name: string; description: string } {
  const metadata = object.get('metadata')
  const title = metadata.get('displayName').text() || (metadata.get('name').text() ?? '')
  const words = object.in('spec', 'description').text() ?? ''
  return {
    name: agreed(metadata, 'name', own.name, (name) => titleOf(name) === title, 'The displayName') ?? title,
    description:
      agreed(metadata, 'description', own.description, (text) => descriptionOf(text) === words, 'The description') ?? words,
  }
}

export function ownSlug(metadata: Cursor, own: OwnSlo, service: string): string {
  const name = metadata.get('name')
  const slug = agreed(metadata, 'slug', own.slug, (one) => namesSlo(name.text(), service, one), 'The name')
  return slug ?? slugAt(name, name.text())
}

/** The queries are those that the annotated indicator is written as. */
export const isAsWritten = (indicator: Indicator, sli: Cursor, objective: Cursor): boolean =>
  measureText(measureOf(indicator)) === writtenMeasure(sli, objective)

/** What is measured, exactly, while the queries are those that it is written as. */
export function ownMeasure(metadata: Cursor, own: OwnSlo, sli: Cursor, objective: Cursor): Measured | null {
  const { indicator } = own
  if (!indicator) return null
  if (!isAsWritten(indicator, sli, objective)) {
    edited(metadata, 'indicator', 'What is measured')
    return null
  }
  const measured: Measured = { understood: { indicator, grouping: [], notes: [] }, source: writtenSource(sli) ?? null }
  if (indicator.kind !== 'ratio') {
    // All events and a part of them have most of it in common: the first reason is enough.
    const [reason] = selectorsOf(indicator).flatMap((selector) => selectorRefusal(selector) ?? [])
    if (reason) metadata.in('annotations', `${DOMAIN}indicator`).error('validate', `This annotation cannot be read: ${reason}`)
    return measured
  }
  const read = readQuery(indicator.expression, { whole: true })
  if (read.ok) return measured
  sli.in('ratioMetric', 'raw').warn('validate', uncheckedWords(read.reason))
  return { ...measured, metricsql: true }
}

function selectorsOf(indicator: Indicator): Selector[] {
  const plan = planOf(indicator)
  return plan.shape === 'members' ? [] : signalsOf(plan).flatMap((signal) => ('selector' in signal ? [signal.selector] : []))
}

export const ownSource = (metadata: Cursor, own: OwnSlo, written: string | null): string | null =>
  agreed(metadata, 'data-source', own['data-source'], (name) => written === null || sourceRef(name) === written, 'The source') ??
  written

/** The zone by the name it has here, while the calendar is in the same one. */
export function ownWindow(metadata: Cursor, own: OwnSlo, window: SloWindow): SloWindow {
  const written = window.kind === 'calendar' ? window.timeZone : null
  const fits = (zone: string) => written !== null && zoneName(zone) === zoneName(written)
  const timeZone = agreed(metadata, 'time-zone', own['time-zone'], fits, 'The time window')
  return window.kind === 'calendar' && timeZone !== undefined ? { ...window, timeZone } : window
}

/** Only slices have to have a target. Beside another method it says what would hold if the method were changed. */
export function ownSliceTarget(metadata: Cursor, own: OwnSlo, method: DeclaredSlo['method'], written?: number): number | null {
  const sliced = method === 'time_slices'
  const said = written ?? (sliced ? 1 : undefined)
  const fits = (target: number | null) => (sliced ? (target ?? 1) === said : said === undefined || target === said)
  const target = agreed(metadata, 'slice-target', own['slice-target'], fits, 'The target of slices')
  if (target !== undefined) return target
  return said !== undefined && (sliced || (said > 0 && said <= 1)) ? said : null
}

export const unsaidOf = (own: OwnSlo): Unsaid => ({
  noDataPolicy: own['no-data-policy'] ?? UNSAID.noDataPolicy,
  coverageFloor: own['coverage-floor'] ?? UNSAID.coverageFloor,
  minEvents: own['min-events'] ?? UNSAID.minEvents,
  gating: own.gating ?? UNSAID.gating,
  objectiveGroup: own['objective-group'] ?? UNSAID.objectiveGroup,
  scrapeSeconds: own['scrape-seconds'] ?? UNSAID.scrapeSeconds,
  ...(own['assigned-alerting'] && { assignedAlerting: own['assigned-alerting'] === 'none' ? null : own['assigned-alerting'] }),
})
