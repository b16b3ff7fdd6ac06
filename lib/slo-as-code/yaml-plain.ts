import type { Item, ListItem, MapItem } from './tree'
import { Names } from './yaml-watch'

/**
 * YAML as nearly all files of definitions are written: blocks of maps and lists, values of one line, texts in quotes, literal
 * blocks. Read ten times as fast as by the whole grammar, which reads everything that is given up here.
 */
export function plainDocuments(text: string): Item[] | null {
  if (text.includes('\t')) return null
  try {
    return new Plain(text).documents()
  } catch (error) {
    if (error === GIVEN_UP) return null
    throw error
  }
}

const GIVEN_UP = new Error('not plain')
const giveUp = (): never => {
  throw GIVEN_UP
}

/** Fewer than where the whole grammar refuses, which says so. */
const MOST_LEVELS = 30
const MOST_ITEMS = 60_000
const MOST_NAMELESS = 1_000

const KEY = /(?:([A-Za-z_][\w./-]*)|'([^'\n]*)'):(?= |$)/my
const SINGLE = /^'((?:[^']|'')*)' *$/
const DOUBLE = /^"([^"\\]*)" *$/
const NUMBER = /^[-+]?(\d+|\.\d+|\d+\.\d*)([eE][-+]?\d+)?$/
/** Hexadecimal, octal and infinite numbers. */
const ODD_NUMBER = /^(0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/
const SPECIAL: Record<string, boolean | null> = { true: true, True: true, TRUE: true, false: false, False: false, FALSE: false }
for (const word of ['~', 'null', 'Null', 'NULL']) SPECIAL[word] = null
/** What begins something else than a plain text. */
const INDICATOR = /^([[\]{},#&*!|>'"%@`]|[-?:]( |$))/

class Plain {
  /** start of the current line, and of what stands in it */
  private line = 0
  private at = 0
  private end = 0
  private items = 0
  /** what `items` was at the last word that says what something is */
  private named = 0
  private readonly names = new Names()

  constructor(private readonly text: string) {}

  documents(): Item[] {
    const found: Item[] = []
    this.go(0)
    while (this.more) {
      if (this.isMarker) this.go(this.end + 1)
      else {
        if (this.at !== this.line) giveUp()
        found.push(this.node(0))
        if (this.more && !this.isMarker) giveUp()
      }
    }
    return found
  }

  private get more(): boolean {
    return this.line < this.text.length
  }

  private get column(): number {
    return this.at - this.line
  }

  private get isMarker(): boolean {
    const written = this.text.slice(this.line, this.line + 3)
    if (written !== '---' && written !== '...') return false
    return (written === '---' && this.end === this.line + 3) || giveUp()
  }

  /** To the next line from here on that is not empty and no comment. */
  private go(from: number): void {
    this.line = from
    for (;;) {
      const found = this.text.indexOf('\n', this.line)
      this.end = found < 0 ? this.text.length : found
      this.at = this.line
      while (this.text.charCodeAt(this.at) === 32) this.at++
      if (!this.more || (this.at < this.end && this.text.charCodeAt(this.at) !== 35)) return
      this.line = this.end + 1
    }
  }

  private get isDash(): boolean {
    return this.text.charCodeAt(this.at) === 45 && (this.at + 1 === this.end || this.text.charCodeAt(this.at + 1) === 32)
  }

  private countOne(): void {
    if (++this.items > MOST_ITEMS || this.items - this.named > MOST_NAMELESS) giveUp()
  }

  private node(level: number): Item {
    if (level > MOST_LEVELS) giveUp()
    this.countOne()
    return this.isDash ? this.list(level) : this.map(level)
  }

  private map(level: number): MapItem {
    const [column, at] = [this.column, this.at]
    const entries: MapItem['entries'] = new Map()
    do {
      KEY.lastIndex = this.at
      const found = KEY.exec(this.text)
      const key = found?.[1] ?? found?.[2]
      if (!found || key === undefined || key === '<<' || entries.has(key)) return giveUp()
      if (this.names.has(key)) this.named = this.items
      const place = this.at
      this.at = KEY.lastIndex
      entries.set(key, { at: place, item: this.value(column, level) })
    } while (this.more && this.column === column && !this.isDash && !this.isMarker)
    if (this.more && this.column > column) giveUp()
    return { kind: 'map', at, entries }
  }

  private list(level: number): ListItem {
    const [column, at] = [this.column, this.at]
    const items: Item[] = []
    do {
      this.at++
      while (this.text.charCodeAt(this.at) === 32) this.at++
      KEY.lastIndex = this.at
      if (this.at >= this.end || this.text.charCodeAt(this.at) === 35 || this.isDash) giveUp()
      items.push(KEY.test(this.text) ? this.node(level + 1) : this.value(column, level))
    } while (this.more && this.column === column && this.isDash && !this.isMarker)
    if (this.more && this.column > column) giveUp()
    return { kind: 'list', at, items }
  }

  /** What stands behind a key or a dash, or below it; `column` is that of the key or the dash. */
  private value(column: number, level: number): Item {
    this.countOne()
    while (this.text.charCodeAt(this.at) === 32) this.at++
    const at = this.at
    if (at >= this.end || this.text.charCodeAt(at) === 35) {
      this.go(this.end + 1)
      const below = this.more && !this.isMarker && (this.column > column || (this.column === column && this.isDash))
      return below ? this.node(level + 1) : { kind: 'scalar', at, value: null, text: '' }
    }
    const written = this.text.slice(at, this.end)
    if (written === '|-' || written === '|') return this.block(at, column, written === '|')
    this.go(this.end + 1)
    if (this.more && this.column > column) giveUp()
    return this.scalar(written, at)
  }

  private scalar(written: string, at: number): Item {
    const quoted = SINGLE.exec(written)?.[1]?.replaceAll("''", "'") ?? DOUBLE.exec(written)?.[1]
    if (quoted !== undefined) return { kind: 'scalar', at, value: quoted, text: quoted }
    if (written === '{}') return { kind: 'map', at, entries: new Map() }
    if (written === '[]') return { kind: 'list', at, items: [] }
    const comment = written.indexOf(' #')
    const text = (comment < 0 ? written : written.slice(0, comment)).trimEnd()
    if (INDICATOR.test(text) || text.includes(': ') || text.endsWith(':') || ODD_NUMBER.test(text)) giveUp()
    if (Object.hasOwn(SPECIAL, text)) return { kind: 'scalar', at, value: SPECIAL[text] as boolean | null, text }
    return { kind: 'scalar', at, value: NUMBER.test(text) ? Number(text) : text, text }
  }

  /** A literal block: the lines below that are indented as its first one. */
  private block(at: number, column: number, closed: boolean): Item {
    const lines: string[] = []
    let [from, indent] = [this.end + 1, -1]
    for (; from < this.text.length; ) {
      const found = this.text.indexOf('\n', from)
      const end = found < 0 ? this.text.length : found
      const line = this.text.slice(from, end)
      const first = line.search(/[^ ]/)
      if (first < 0 && (line !== '' || indent < 0)) giveUp()
      if (indent < 0) indent = first
      if (first >= 0 && first < indent) break
      lines.push(line.slice(indent))
      from = end + 1
    }
    if (indent <= column) giveUp()
    const value = lines.join('\n').replace(/\n+$/, '') + (closed ? '\n' : '')
    this.go(from)
    if (this.more && this.column > column) giveUp()
    return { kind: 'scalar', at, value, text: value }
  }
}
