import { slugOf } from '../../slo/definition-input'
import { type Cursor, meant } from '../cursor'
import { nothing } from '../declared'
import { shown } from '../fault'
import type { Checked, FormatReader } from '../format'
import { ServiceNames } from '../service-names'
import { decode } from '../shape'
import type { Item } from '../tree'
import { isAlpha } from './alpha'
import { serviceOf, slosOf, sourceOf } from './declare'
import { inUsualLetters } from './letters'
import { lostOfSource } from './lost'
import { objectRules } from './objects'
import { Objects, references } from './references'
import { KINDS, type Kind, shapeOf } from './shapes'
import { queriesOfUndeclared } from './undeclared'
import { unused, usedBy } from './unused'

export const VERSION = 'openslo/v1'

export const openslo: FormatReader = {
  check(object, { now }) {
    const kind = object.get('kind')
    const word = kind.text() ?? ''
    if (!(KINDS as string[]).includes(word)) {
      const reason = word === '' ? 'The kind is missing.' : `There is no kind “${shown(word)}” in openslo.`
      kind.error('decode', reason, meant(word, KINDS) ?? `One of ${KINDS.join(', ')}.`)
      return { object, kind: '' }
    }
    const shape = shapeOf(word as Kind)
    const named = inUsualLetters(titled(object, word), shape)
    decode(named, shape)
    objectRules(word as Kind, named, now)
    return { object: named, kind: word }
  },

  declare(objects, reading) {
    const registry = new Objects(objects)
    const declared = nothing()
    const used = usedBy(objects, registry)
    const names = new ServiceNames()
    const read = new Set<Item>()
    for (const one of objects) {
      const { object, kind, clean } = one
      const before = registry.refusals
      references(registry, one, reading)
      if (clean) nameOfService(one, registry, names)
      if (clean && kind === 'Service') declared.services.push(serviceOf(object))
      if (!clean && kind === 'Service') declared.faulty.push(slugOf(object.in('metadata', 'name').text() ?? ''))
      if (clean && kind === 'DataSource') declared.sources.push(sourceOf(object))
      const slos = clean && kind === 'SLO' ? slosOf(object, registry) : []
      declared.slos.push(...slos)
      if (kind === 'SLO' && slos.length === 0) queriesOfUndeclared(object, registry, read)
      const measured = slos.some(({ indicator }) => indicator !== null)
      if (kind === 'SLO' && !measured && !isRefused(one, registry.refusals > before)) leftOut(one)
      if (kind === 'Service' && !clean && isAlpha(object)) leftOut(one)
      if (kind === 'DataSource' && used.has(object.item)) lostOfSource(object)
      if (!used.has(object.item) && !isRefused(one, false)) unused(one, registry)
    }
    return declared
  },
}

function nameOfService({ object, kind }: Checked, registry: Objects, names: ServiceNames): void {
  const at = kind === 'SLO' ? object.in('spec', 'service') : object.in('metadata', 'name')
  const name = at.text() ?? ''
  if (kind === 'Service') names.add(at, name)
  // Of another name than that of its Service it was said that there is none.
  if (kind === 'SLO' && !registry.find('Service', slugOf(name))) names.add(at, name)
}

/** Where an error says what is wrong nothing needs to be added. Of older versions everything is a warning. */
const isRefused = ({ object, clean }: Checked, refused: boolean): boolean => !isAlpha(object) && (!clean || refused)

function leftOut({ object, kind, clean }: Checked): void {
  const named = `The ${kind} “${shown(object.in('metadata', 'name').word() ?? '')}” is left out`
  if (clean) object.warn('validate', `${named}: nothing of it can be measured.`)
  else object.warn('validate', `${named}, because of what is wrong with it.`, `Mend it, and write it as ${VERSION}.`)
}

const titled = (object: Cursor, kind: string): Cursor =>
  object.named(`${kind} ${shown(object.in('metadata', 'name').word() ?? '')}`.trim())
