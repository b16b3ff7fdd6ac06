import { Composer, type DocumentOptions, isAlias, isMap, isScalar, isSeq, Lexer, type Node, Parser } from 'yaml'
import { strangeIn, withoutStrange } from '../printable'
import type { Item, MapItem, Problem } from './tree'
import { plainDocuments } from './yaml-plain'
import { yamlSentence } from './yaml-sentences'
import { Watch } from './yaml-watch'

/** YAML 1.2 and JSON as documents with positions. Nothing is evaluated, and nothing is written out twice. */

export type Documents = { documents: Item[]; problems: Problem[] }

/** What a document comes to when its aliases are written out. */
const MOST_VALUES = 200_000
const MOST_PROBLEMS = 20

const OPTIONS: DocumentOptions & Record<string, unknown> = {
  version: '1.2',
  schema: 'core',
  // Binary texts, sets and times are no values that any of the formats has.
  resolveKnownTags: false,
  keepSourceTokens: false,
  prettyErrors: false,
  strict: true,
  // Its search for duplicates is quadratic; `Build` finds them in one pass.
  uniqueKeys: false,
}

export function documentsOf(text: string): Documents {
  const plain = plainDocuments(text)
  return plain ? { documents: plain, problems: [] } : wholeDocuments(text)
}

/** By the whole grammar. */
export function wholeDocuments(text: string): Documents {
  const documents: Item[] = []
  const problems: Problem[] = []
  for (const document of composed(text, problems)) {
    const faults = firstOfLines(text, [...document.errors, ...document.warnings]).slice(0, MOST_PROBLEMS)
    problems.push(
      ...faults.map(({ pos, code, message }) => ({ at: placeOf(text, pos[0], message), ...yamlSentence(code, message) })),
    )
    if (faults.length > 0 || !document.contents) continue
    try {
      documents.push(new Build(problems).item(document.contents as Node))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      problems.push({ at: error.at, reason: error.message })
    }
  }
  return { documents: documents.filter((item) => item.kind !== 'scalar' || item.value !== null), problems }
}

/** Quotes in a text that never ends, of which the first opens it; more are not looked at. */
const MOST_QUOTES = 10_000

/** Where a person looks for a fault: where a text in quotes begins that never ends, not at the end of the file. */
function placeOf(text: string, at: number, message: string): number {
  const quote = /^Missing closing (["'])/.exec(message)?.[1]
  if (!quote) return Math.max(0, at)
  // All others in it are escaped: by a backslash, or by being doubled.
  const sign = quote === '"' ? '\\' : "'"
  for (let end = at, n = 0; n < MOST_QUOTES; n += 1) {
    const found = text.lastIndexOf(quote, end - 1)
    if (end <= 0 || found < 0) break
    let first = found
    while (text[first - 1] === sign) first -= 1
    if ((found - first) % 2 === 0) return first === found || quote === "'" ? first : found
    end = first
  }
  return Math.max(0, at)
}

/** What else a parser stumbles over in a line follows from the first. */
function firstOfLines<Fault extends { pos: [number, number] }>(text: string, faults: Fault[]): Fault[] {
  let lineEnd = -1
  return [...faults]
    .sort((a, b) => a.pos[0] - b.pos[0])
    .filter(({ pos: [at] }) => {
      if (at <= lineEnd) return false
      const end = text.indexOf('\n', at)
      lineEnd = end < 0 ? text.length : end
      return true
    })
}

/** One document after the other, so that only one is held as tokens. */
function* composed(text: string, problems: Problem[]) {
  const [watch, parser, composer] = [new Watch(text), new Parser(), new Composer(OPTIONS)]
  for (const lexeme of new Lexer().lex(text)) {
    const refusal = watch.refusal(lexeme, parser.offset)
    if (refusal) {
      problems.push(refusal)
      // The document before is whole.
      return yield* composer.end(false, text.length)
    }
    for (const token of parser.next(lexeme)) yield* composer.next(token)
  }
  for (const token of parser.end()) yield* composer.next(token)
  yield* composer.end(false, text.length)
  const missing = watch.atEnd()
  if (missing) problems.push(missing)
}

class Refused extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message)
  }
}

/** Nodes of one document as items. An alias is the item of its anchor, not a copy; what copies would come to is counted. */
class Build {
  private readonly anchors = new Map<string, { item: Item; size: number }>()
  private size = 0

  constructor(private readonly problems: Problem[]) {}

  item(node: Node | null): Item {
    const at = node?.range?.[0] ?? 0
    if (++this.size > MOST_VALUES)
      throw new Refused(at, 'The document grows beyond all measure where its anchors are repeated. Write it out.')
    if (node === null) return { kind: 'scalar', at, value: null, text: '' }
    if (isAlias(node)) return this.alias(node.source, at)
    const before = this.size
    const item = this.own(node, at)
    const anchor = (node as { anchor?: string }).anchor
    if (anchor) this.anchors.set(anchor, { item, size: this.size - before + 1 })
    return item
  }

  private alias(name: string, at: number): Item {
    const known = this.anchors.get(name)
    if (!known) throw new Refused(at, `There is no finished anchor &${name.slice(0, 40)} before this alias.`)
    this.size += known.size
    if (this.size > MOST_VALUES) return this.item(null)
    return known.item
  }

  private own(node: Node, at: number): Item {
    if (isMap(node)) return this.map(node, at)
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((one) => this.item(one as Node | null)) }
    if (!isScalar(node)) throw new Refused(at, 'This value cannot be read.')
    const { value, source } = node
    const fits = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    if (typeof value === 'string') return { kind: 'scalar', at, value: this.printable(value, at), text: source ?? value }
    return { kind: 'scalar', at, value: fits ? value : String(value), text: source ?? String(value ?? '') }
  }

  /** Escapes write what a file may not hold; what was said of it here is not said again of the value. */
  private printable(text: string, at: number): string {
    const strange = strangeIn(text)
    if (!strange) return text
    this.problems.push({ at, reason: `This text holds ${strange.name}.`, suggestion: 'Remove it.' })
    return withoutStrange(text)
  }

  private map(node: { items: { key: unknown; value: unknown }[] }, at: number): MapItem {
    const entries: MapItem['entries'] = new Map()
    const merged: Item[] = []
    for (const { key, value } of node.items) {
      const where = (key as Node | null)?.range?.[0] ?? at
      if (!isScalar(key)) throw new Refused(where, 'A key is one word, not a list or a map.')
      const name = this.printable(typeof key.value === 'string' ? key.value : (key.source ?? String(key.value)), where)
      const item = this.item(value as Node | null)
      // An empty value has no place of its own: it is where its key is.
      if (!(value as Node | null)?.range) item.at = where
      if (entries.has(name) || (name === '<<' && merged.length > 0))
        this.problems.push({ at: where, reason: `The key “${name.slice(0, 60)}” is there twice.` })
      else if (name === '<<' && item.kind !== 'scalar') merged.push(item)
      else entries.set(name, { at: where, item })
    }
    for (const source of merged.flatMap((item) => (item.kind === 'list' ? item.items : [item])))
      if (source.kind === 'map') for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry)
    return { kind: 'map', at, entries }
  }
}
