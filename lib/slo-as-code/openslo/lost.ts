import type { Cursor } from '../cursor'
import type { DeclaredSlo } from '../declared'
import { shown } from '../fault'
import { severityOf } from '../pairs'
import { foreign, ownOf } from './annotations'
import { isPolicyWords } from './conditions'
import { durationOf } from './duration'
import { QUERY_FIELDS } from './indicators'
import { sourceRef } from './names'
import { titlesOf } from './own'

/** What files say and the portal has no place for: nothing is lost without a word, and each object has one for all of its fields. */

type Field = [name: string, at: Cursor]

const filled = ([, at]: Field): boolean => at.present && at.text() !== '' && !(at.item?.kind === 'map' && at.keys().length === 0)

const listed = (names: string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** "displayName and labels of an SLI are not kept: …", at the first of them. */
function notKept(fields: Field[], of: string, why: string): void {
  const lost = fields.filter(filled)
  const names = lost.map(([name]) => name)
  const are = lost.length > 1 || names.some((name) => name.endsWith('s')) ? 'are' : 'is'
  lost[0]?.[1].warn('validate', `${listed(names)}${of} ${are} not kept: ${why}.`)
}

/** How an object is called and described, beside the name that others know it by. */
function described(object: Cursor): Field[] {
  const metadata = object.get('metadata')
  const displayName = metadata.get('displayName')
  return [
    ...(displayName.text() === metadata.get('name').text() ? [] : [['displayName', displayName] satisfies Field]),
    ['labels', metadata.get('labels')],
    ['annotations', metadata.get('annotations')],
    ['description', object.in('spec', 'description')],
  ]
}

/** Of objects that have annotations of ours, those of others are meant. */
const withoutOurs = (object: Cursor, fields: Field[]): Field[] =>
  fields.filter(([name]) => name !== 'annotations' || foreign(object.get('metadata')))

/** A service or an SLO: what it is called and its labels are kept. */
export function lostOf(object: Cursor): void {
  const metadata = object.get('metadata')
  if (foreign(metadata)) metadata.get('annotations').warn('validate', 'Annotations are left out: the portal keeps labels.')
  const labels = metadata.get('labels')
  for (const key of labels.keys()) {
    const values = labels
      .get(key)
      .each()
      .flatMap((one) => one.word() ?? [])
    if (values.length > 1)
      labels.get(key).warn('validate', `The values of this label become one text: “${shown(values.join('; '))}”.`)
  }
}

/** Its address is how the portal finds the source that it has; whatever else there is to say of it is said in the portal. */
export function lostOfSource(object: Cursor): void {
  const [metadata, details] = [object.get('metadata'), object.in('spec', 'connectionDetails')]
  const { name } = titlesOf(object, ownOf('DataSource', metadata))
  const called = sourceRef(name) === metadata.get('name').text()
  const fields = withoutOurs(object, described(object)).filter(([field]) => !(field === 'displayName' && called))
  if (details.keys().some((key) => key !== 'url')) fields.push(['connectionDetails', details])
  notKept(fields, ' of a DataSource', 'the portal keeps its sources itself')
}

export function lostOfPolicy(policy: Cursor): void {
  const resolved = policy.in('spec', 'alertWhenResolved')
  const fields = withoutOurs(policy, described(policy)).filter(
    ([name, at]) => !(name === 'description' && isPolicyWords(at.text() ?? '')),
  )
  if (resolved.flag()) fields.push(['alertWhenResolved', resolved])
  notKept(fields, ' of an AlertPolicy', 'it becomes a pair of windows')
}

export function lostOfCondition(condition: Cursor): void {
  notKept(described(condition), ' of an AlertCondition', 'it becomes a pair of windows')
  const severity = condition.in('spec', 'severity')
  const written = severity.text() ?? ''
  const kept = severityOf(written)
  if (written.trim().toLowerCase() !== kept) severity.warn('validate', `The severity “${shown(written)}” becomes ${kept}.`)
}

export function lostOfIndicator(indicator: Cursor): void {
  notKept(described(indicator), ' of an SLI', 'its SLO says what it is')
  const [threshold, ratio] = [indicator.in('spec', 'thresholdMetric'), indicator.in('spec', 'ratioMetric')]
  for (const metric of [threshold, ...['good', 'bad', 'total', 'raw'].map((name) => ratio.get(name))]) lostOfMetric(metric)
}

/** Nothing but a query is asked. That it is PromQL is known already. */
function lostOfMetric(metric: Cursor): void {
  const spec = metric.in('metricSource', 'spec')
  const query = QUERY_FIELDS.find((name) => spec.get(name).text() !== undefined)
  const others = spec.keys().filter((key) => key !== query && !/^prom(ql|etheus)$/i.test(spec.get(key).text() ?? ''))
  notKept(
    others.map((key): Field => [shown(key), spec.get(key)]),
    '',
    'only the query is asked',
  )
}

/** `ratio`: it is measured by a ratio that stands elsewhere; of one that is written here the rules of the format speak. */
export function lostOfObjective(objective: Cursor, { ratio, method }: { ratio: boolean; method: DeclaredSlo['method'] }): void {
  const field = (name: string): Field => [name, objective.get(name)]
  if (ratio) notKept([field('op'), field('value')], '', 'a ratio has nothing to compare')
  const share = objective.get('timeSliceTarget').number() ?? 1
  if (method !== 'time_slices' && !(share > 0 && share <= 1))
    notKept([field('timeSliceTarget')], '', 'it is above 0 and at most 1')
  // Of what is no length it was said by the rules.
  if (method === 'occurrences' && durationOf(objective.get('timeSliceWindow').text()))
    notKept([field('timeSliceWindow')], '', 'Occurrences have no slices')
}

/** Outside of a composite no weight counts. What the only objective is called says nothing that its SLO does not. */
export function lostOfSimple(objective: Cursor): void {
  const weight = objective.get('compositeWeight')
  const number = weight.number() ?? 1
  if (number > 0 && number !== 1) notKept([['compositeWeight', weight]], '', 'this SLO is no composite')
}
