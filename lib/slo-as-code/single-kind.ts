import type { Cursor } from './cursor'
import { shown } from './fault'
import type { FormatReader } from './format'
import { decode, type Shape } from './shape'

const KIND = 'ServiceLevelObjective'

type Format = {
  /** as people call it */
  of: string
  apiVersion: string
  shape: Shape
  /** second stage: what its values have to be */
  rules: (object: Cursor) => void
}

/** First and second stage of a format whose only kind is `ServiceLevelObjective`; another kind or version is refused. */
export function singleKind(object: Cursor, { of, apiVersion, shape, rules }: Format): ReturnType<FormatReader['check']> {
  const named = object.named(`${KIND} ${shown(object.in('metadata', 'name').word() ?? '')}`.trim())
  const [version, kind] = [object.get('apiVersion'), object.get('kind')]
  if (version.text() === apiVersion && kind.text() === KIND) {
    decode(named, shape)
    rules(named)
    return { object: named, kind: 'slo' }
  }
  const wrong = version.text() === apiVersion ? kind : version
  wrong.error('decode', `Of ${of}, ${apiVersion} ${KIND} is read.`, `Write ${wrong === kind ? KIND : apiVersion}.`)
  return { object: named, kind: '' }
}
