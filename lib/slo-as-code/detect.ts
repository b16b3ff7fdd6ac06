import { type Cursor, meant } from './cursor'
import type { Format } from './declared'
import { shown } from './fault'
import { KINDS } from './openslo/shapes'

/** Which format an object is in, by what it says of itself and by its shape. */

const VERSIONS = ['openslo/v1', 'slo.dev/v1', 'sloth.slok.dev/v1', 'pyrra.dev/v1alpha1', 'sre.google.com/v2', 'prometheus/v1']
const READ = `Read are ${VERSIONS.join(', ')}.`

const PREFIXES: [RegExp, Format][] = [
  [/^openslo(\.com)?\//, 'openslo'],
  [/^slo\.dev\//, 'seed'],
  [/^sloth\.slok\.dev\//, 'sloth'],
  [/^pyrra\.dev\//, 'pyrra'],
  [/^sre\.google\.com\//, 'slo-generator'],
]

/** The format, or `null` after a fault that says why there is none. */
export function formatOf(object: Cursor): Format | null {
  const has = (key: string) => object.get(key).present
  if (object.item?.kind !== 'map') {
    object.error('decode', 'A definition is a map of fields.', READ)
    return null
  }
  const version = object.get('apiVersion')
  const written = version.text()
  const known = written === undefined ? undefined : PREFIXES.find(([prefix]) => prefix.test(written))?.[1]
  if (known) return known
  if (!version.present) {
    if (/^prometheus\//.test(object.get('version').text() ?? '') || (has('slos') && has('service'))) return 'sloth'
    if (has('error_budget_policies') || has('backends')) return 'slo-generator'
    if (has('slo_name') && has('service_name'))
      version.error(
        'decode',
        'This is the first format of slo-generator, which is no longer read.',
        'Convert it with slo-generator migrate.',
      )
    else if ((KINDS as string[]).includes(object.get('kind').text() ?? ''))
      version.error('decode', 'The apiVersion is missing.', 'Add apiVersion: openslo/v1.')
    else object.error('decode', 'This is no definition of an SLO: neither its apiVersion nor its fields say so.', READ)
    return null
  }
  const reason = `There is no format “${shown(version.word() ?? '')}”.`
  version.error('decode', reason, (written && meant(written, VERSIONS)) || READ)
  return null
}
