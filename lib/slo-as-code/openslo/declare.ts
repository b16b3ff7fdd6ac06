import type { SloWindow } from '../../slo/window'
import type { Cursor } from '../cursor'
import type { DeclaredService, DeclaredSlo, DeclaredSource, ServiceSaid } from '../declared'
import { placesOf } from '../places'
import { addedUp, labelsAt, ratioOfPercent, slugAt, targetAt } from '../terms'
import { alertingFor } from './alerts'
import { DOMAIN, type Own, ownOf } from './annotations'
import { compositeOf, meanTarget, ownComposite, sourceOfParts } from './composites'
import { durationOf } from './duration'
import { measuredBy } from './indicators'
import { lostOf, lostOfIndicator, lostOfObjective, lostOfSimple } from './lost'
import { indicatorOf, writtenSource } from './measure'
import { ownMeasure, ownSliceTarget, ownSlug, ownSource, ownWindow, titlesOf, unsaidOf } from './own'
import type { Objects } from './references'
import { windowOf } from './windows'

const METHODS: Record<string, DeclaredSlo['method']> = {
  Occurrences: 'occurrences',
  Timeslices: 'time_slices',
  RatioTimeslices: 'ratio_time_slices',
}

function origin(object: Cursor) {
  const title = object.in('metadata', 'displayName')
  const name = title.present ? title : object.in('metadata', 'name')
  const own = (key: string) => object.in('metadata', 'annotations', `${DOMAIN}${key}`)
  const at = placesOf({
    ...{ name, description: object.in('spec', 'description'), service: object.in('spec', 'service') },
    ...{ team: own('team'), tier: own('tier'), kind: own('kind'), timeZone: own('time-zone'), links: own('links') },
    ...{ dependencies: own('dependencies'), budgetPolicy: own('error-budget-policy') },
  })
  return { format: 'openslo' as const, place: object.place(), at }
}

export function serviceOf(object: Cursor): DeclaredService {
  const metadata = object.get('metadata')
  lostOf(object)
  const own = ownOf('Service', metadata)
  return {
    ...origin(object),
    slug: slugAt(metadata.get('name'), metadata.get('name').text()),
    ...titlesOf(object, own),
    labels: { ...own.labels, ...labelsAt(metadata.get('labels')) },
    said: saidOf(own),
  }
}

function saidOf({ team, tier, kind, 'time-zone': timeZone, links, dependencies }: Own<'Service'>): ServiceSaid {
  return {
    ...(team && { team }),
    ...(tier && { tier }),
    ...(kind && { kind }),
    ...(timeZone && { timeZone }),
    ...(links && { links }),
    ...(dependencies && { dependencies }),
  }
}

export function sourceOf(object: Cursor): DeclaredSource {
  const [metadata, spec] = [object.get('metadata'), object.get('spec')]
  const url = spec.in('connectionDetails', 'url').text() ?? null
  const { name } = titlesOf(object, ownOf('DataSource', metadata))
  const slug = slugAt(metadata.get('name'), metadata.get('name').text())
  return { ...origin(object), slug, name, type: spec.get('type').text() ?? '', url }
}

/** Objectives that are measured by themselves. */
const partsOf = (spec: Cursor): Cursor[] =>
  spec
    .get('objectives')
    .each()
    .filter((one) => one.get('indicator').present || one.get('indicatorRef').present)

/** One SLO for each objective; a composite is one more over those of its objectives. */
export function slosOf(object: Cursor, objects: Objects): DeclaredSlo[] {
  const spec = object.get('spec')
  const window = spec.get('timeWindow').each()[0]
  const written = window && windowOf(window)
  if (!written) return []
  lostOf(object)
  const objectives = spec.get('objectives').each()
  const parts = partsOf(spec)
  const single = objectives.length === 1
  const metadata = object.get('metadata')
  const length = ownWindow(metadata, ownOf('SLO', metadata), written)
  const composite = parts.length > 1 ? ownComposite(metadata, ownOf('SLO', metadata), parts) : null
  if (composite) return ownCompositeOf(object, composite, parts, length, objects)
  const counted = parts.length > 0 ? parts : objectives
  const declared = counted.map((objective, i) => {
    const own = parts.length > 0 ? objective : spec
    return { objective, slo: objectiveOf(object, objective, own, length, objects, single ? '' : String(i + 1)) }
  })
  const measured = declared.flatMap(({ objective, slo }) =>
    slo?.indicator ? [{ objective, slo, weight: weightOf(objective) }] : [],
  )
  // Where there is none at all the SLO is left out as a whole, and whoever asked for it says so.
  for (const { objective, slo } of measured.length > 0 ? declared : [])
    if (!slo?.indicator) objective.warn('validate', 'This objective is left out: it cannot be measured.')
  const slos = declared.flatMap(({ slo }) => slo ?? [])
  return parts.length < 2 ? slos : [...slos, ...compositeOf(object, measured, objects)]
}

const weightOf = (part: Cursor): number => part.get('compositeWeight').number() ?? 1

function objectiveOf(
  object: Cursor,
  objective: Cursor,
  holder: Cursor,
  window: SloWindow,
  objects: Objects,
  suffix: string,
  composite?: NonNullable<DeclaredSlo['indicator']>,
): DeclaredSlo | null {
  const spec = object.get('spec')
  const written = objective.get('target').present ? objective.get('target') : objective.get('targetPercent')
  const number = written.number()
  if (number === undefined) return null
  const target = targetAt(written, written.path.endsWith('Percent') ? ratioOfPercent(number) : number)
  const defined = indicatorOf(holder, objects)
  const sli = defined?.get('spec')
  const metadata = object.get('metadata')
  const own = ownOf('SLO', metadata)
  const measured = composite
    ? { understood: { indicator: composite, grouping: [], notes: [] }, source: null }
    : sli && (ownMeasure(metadata, own, sli, objective) ?? measuredBy(sli, objective, objects))
  if (target === null) return null
  for (const note of measured?.understood.notes ?? []) holder.warn('validate', note)
  addedUp(holder, measured?.understood.grouping ?? [])
  const method = METHODS[spec.get('budgetingMethod').text() ?? ''] ?? 'occurrences'
  if (method !== 'occurrences') minutes(objective)
  const service = slugAt(spec.get('service'), spec.get('service').text())
  const slug = ownSlug(metadata, own, service)
  const { name, description } = titlesOf(object, own)
  const label = objective.get('displayName').text() || suffix
  if (defined && measured) {
    lostOfIndicator(defined)
    lostOfObjective(objective, { ratio: holder.get('indicatorRef').present && defined.in('spec', 'ratioMetric').present, method })
  }
  if (partsOf(spec).length < 2) lostOfSimple(objective)
  return {
    ...origin(object),
    slug: suffix ? slugAt(objective, slug, suffix) : slug,
    name: suffix ? `${name}: ${label}`.slice(0, 80) : name,
    description,
    service,
    source: ownSource(metadata, own, measured?.source ?? null),
    indicator: measured?.understood.indicator ?? null,
    ...(measured?.metricsql && { metricsql: true }),
    method,
    sliceTarget: ownSliceTarget(metadata, own, method, objective.get('timeSliceTarget').number()),
    target,
    window,
    grouping: measured?.understood.grouping ?? [],
    labels: { ...own.labels, ...labelsAt(metadata.get('labels')) },
    links: own.links ?? { runbook: null, dashboard: null },
    alerting: alertingFor(object, own, window, objects),
    budgetPolicy: own['error-budget-policy'] ?? null,
    ...unsaidOf(own),
  }
}

function ownCompositeOf(
  object: Cursor,
  indicator: NonNullable<DeclaredSlo['indicator']>,
  parts: Cursor[],
  window: SloWindow,
  objects: Objects,
): DeclaredSlo[] {
  const declared = parts.flatMap((part) => objectiveOf(object, part, part, window, objects, '', indicator) ?? [])
  const [first] = declared
  const weights = parts.map(weightOf)
  const target = meanTarget(
    declared.map((one) => one.target),
    weights,
  )
  const source = sourceOfParts([first?.source, ...parts.map((part) => writtenSourceOf(part, objects))])
  return first ? [{ ...first, source, target }] : []
}

function writtenSourceOf(part: Cursor, objects: Objects): string | undefined {
  const sli = indicatorOf(part, objects)?.get('spec')
  return sli && writtenSource(sli)
}

function minutes(objective: Cursor): void {
  const slice = objective.get('timeSliceWindow')
  const length = durationOf(slice.text())
  if (length && length.seconds !== 60) slice.warn('validate', 'Slices are minutes here: this length is left out.')
}
