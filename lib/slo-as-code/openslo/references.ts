import { type Cursor, meant } from '../cursor'
import { type Stage, shown } from '../fault'
import type { Checked, Reading } from '../format'
import type { Kind } from './shapes'

/** Objects of all files by kind and name. */
export class Objects {
  /** how many errors were said of names and queries: an SLO that has one needs no word that it is left out */
  refusals = 0
  private readonly byKind = new Map<string, Map<string, Checked>>()

  constructor(objects: Checked[]) {
    for (const one of objects) this.add(one)
  }

  private add(one: Checked): void {
    const name = one.object.in('metadata', 'name').text()
    if (name === undefined) return
    const known = this.byKind.get(one.kind) ?? new Map<string, Checked>()
    this.byKind.set(one.kind, known)
    const first = known.get(name)
    if (!first) known.set(name, one)
    else {
      const { file, line } = first.object.place()
      const again = one.object.in('metadata', 'name')
      again.error(
        'references',
        `There is another ${one.kind} “${shown(name)}”, at ${file}:${line}.`,
        'Give one of them another name.',
      )
    }
  }

  refuse(at: Cursor, stage: Stage, reason: string, suggestion?: string): void {
    this.refusals++
    at.error(stage, reason, suggestion)
  }

  find(kind: Kind, name: string | undefined): Cursor | undefined {
    return name === undefined ? undefined : this.byKind.get(kind)?.get(name)?.object
  }

  /** Reports a name that leads nowhere. Sources and services may be known to the portal alone: of those it is a warning. */
  follow(ref: Cursor, kind: Kind, { whole }: Reading): Cursor | undefined {
    const name = ref.text()
    if (name === undefined || name === '') return undefined
    const found = this.find(kind, name)
    if (found) return found
    const names = [...(this.byKind.get(kind)?.keys() ?? [])]
    const suggestion = meant(name, names)
    const outside = kind === 'Service' || kind === 'DataSource'
    // Whoever declares services, and all there is, seldom leaves one to the portal.
    const complete = kind === 'Service' && whole && names.length > 0
    if (outside && !suggestion && !complete) return undefined
    const reason = `There is no ${kind} “${shown(name)}” in these files.`
    const others = whole && names.length > 0 ? someOf(names) : undefined
    const hint = suggestion ?? (complete ? `${others} That is fine where the portal has it.` : others)
    if (whole && !outside) this.refuse(ref, 'references', reason, hint)
    else ref.warn('references', reason, hint)
    return undefined
  }
}

const MOST_NAMES = 5
const someOf = (names: string[]): string =>
  `There are: ${names.slice(0, MOST_NAMES).map(shown).join(', ')}${names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''}.`

/** Every reference of every object. */
export function references(objects: Objects, { object, kind }: Checked, reading: Reading): void {
  const spec = object.get('spec')
  if (kind === 'SLI') metrics(objects, spec, reading)
  if (kind === 'AlertPolicy') policy(objects, spec, reading)
  if (kind !== 'SLO') return
  objects.follow(spec.get('service'), 'Service', reading)
  for (const holder of [spec, ...spec.get('objectives').each()]) {
    objects.follow(holder.get('indicatorRef'), 'SLI', reading)
    metrics(objects, holder.in('indicator', 'spec'), reading)
  }
  for (const one of spec.get('alertPolicies').each()) {
    objects.follow(one.get('alertPolicyRef'), 'AlertPolicy', reading)
    policy(objects, one.get('spec'), reading)
  }
}

function policy(objects: Objects, spec: Cursor, reading: Reading): void {
  for (const one of spec.get('conditions').each()) objects.follow(one.get('conditionRef'), 'AlertCondition', reading)
  for (const one of spec.get('notificationTargets').each())
    objects.follow(one.get('targetRef'), 'AlertNotificationTarget', reading)
}

function metrics(objects: Objects, sli: Cursor, reading: Reading): void {
  const parts = ['good', 'bad', 'total', 'raw'].map((name) => sli.in('ratioMetric', name))
  for (const metric of [sli.get('thresholdMetric'), ...parts])
    objects.follow(metric.in('metricSource', 'metricSourceRef'), 'DataSource', reading)
}
