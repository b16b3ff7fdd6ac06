import { type Cursor, meant } from '../cursor'
import { nothing } from '../declared'
import { shown } from '../fault'
import type { FormatReader } from '../format'
import { decode } from '../shape'
import { serviceOf, slosOf, sourceOf } from './declare'
import { inUsualLetters } from './letters'
import { objectRules } from './objects'
import { Objects, references } from './references'
import { KINDS, type Kind, shapeOf } from './shapes'

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
    for (const one of objects) references(registry, one, reading)
    const declared = nothing()
    for (const { object, kind, clean } of objects) {
      if (!clean) continue
      if (kind === 'Service') declared.services.push(serviceOf(object))
      if (kind === 'DataSource') declared.sources.push(sourceOf(object))
      if (kind === 'SLO') declared.slos.push(...slosOf(object, registry))
    }
    return declared
  },
}

const titled = (object: Cursor, kind: string): Cursor =>
  object.named(`${kind} ${shown(object.in('metadata', 'name').word() ?? '')}`.trim())
