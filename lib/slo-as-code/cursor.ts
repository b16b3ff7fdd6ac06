import { type Fault, type Faults, nearest, type Place, type Stage, shown } from './fault'
import type { Item, Lines } from './tree'

/** What every cursor into one object shares. */
type Setting = {
  faults: Faults
  lines: Lines
  /** "SLO checkout", for messages */
  object?: string
  /** versions that are read as far as possible only warn */
  lenient?: boolean
}

const WORD = /^[A-Za-z_][A-Za-z0-9_-]*$/

/** A place in a document that may or may not hold something: rules read through it, and faults find their line by it. */
export class Cursor {
  private constructor(
    readonly item: Item | undefined,
    readonly path: string,
    private readonly where: number,
    private readonly setting: Setting,
  ) {}

  static over(item: Item, setting: Setting): Cursor {
    return new Cursor(item, '', item.at, setting)
  }

  /** The same place, named by its object. */
  named(object: string): Cursor {
    return new Cursor(this.item, this.path, this.where, { ...this.setting, object })
  }

  /** The same place, where errors only warn. */
  leniently(): Cursor {
    return new Cursor(this.item, this.path, this.where, { ...this.setting, lenient: true })
  }

  /** The same place, read as other data. */
  as(item: Item): Cursor {
    return new Cursor(item, this.path, this.where, this.setting)
  }

  get(key: string): Cursor {
    const entry = this.item?.kind === 'map' ? this.item.entries.get(key) : undefined
    const path = WORD.test(key) ? (this.path ? `${this.path}.${key}` : key) : `${this.path}["${shown(key)}"]`
    return new Cursor(entry?.item, path, entry?.at ?? this.where, this.setting)
  }

  /** Several keys down. */
  in(...keys: string[]): Cursor {
    return keys.reduce<Cursor>((cursor, key) => cursor.get(key), this)
  }

  /** The items of a list, none where it is no list. */
  each(): Cursor[] {
    if (this.item?.kind !== 'list') return []
    return this.item.items.map((item, i) => new Cursor(item, `${this.path}[${i}]`, item.at, this.setting))
  }

  keys(): string[] {
    return this.item?.kind === 'map' ? [...this.item.entries.keys()] : []
  }

  /** Null is nothing, as it is for the tools that read these formats. */
  get present(): boolean {
    return this.item !== undefined && !(this.item.kind === 'scalar' && this.item.value === null)
  }

  text(): string | undefined {
    return this.item?.kind === 'scalar' && typeof this.item.value === 'string' ? this.item.value : undefined
  }

  /** A text, or a number or a flag as it was written. */
  word(): string | undefined {
    if (this.item?.kind !== 'scalar' || this.item.value === null) return undefined
    return typeof this.item.value === 'string' ? this.item.value : this.item.text
  }

  number(): number | undefined {
    return this.item?.kind === 'scalar' && typeof this.item.value === 'number' ? this.item.value : undefined
  }

  flag(): boolean | undefined {
    return this.item?.kind === 'scalar' && typeof this.item.value === 'boolean' ? this.item.value : undefined
  }

  place(): Place {
    return { file: this.setting.faults.file, ...this.setting.lines.of(this.item?.at ?? this.where), path: this.path }
  }

  error(stage: Stage, reason: string, suggestion?: string): void {
    this.say(this.setting.lenient ? 'warning' : 'error', stage, reason, suggestion, true)
  }

  warn(stage: Stage, reason: string, suggestion?: string): void {
    this.say('warning', stage, reason, suggestion)
  }

  /** The field itself should not be there: the fault stands at its key. */
  strange(reason: string, suggestion?: string, severity: Fault['severity'] = 'error'): void {
    const key = new Cursor(undefined, this.path, this.where, this.setting)
    if (severity === 'error') key.error('decode', reason, suggestion)
    else key.warn('decode', reason, suggestion)
  }

  /** A key beside this one was probably meant to be it: what is missing here is not said again. */
  takenAsMeant(): void {
    this.setting.faults.meant.add(this.key)
  }

  get meant(): boolean {
    return this.item === undefined && this.setting.faults.meant.has(this.key)
  }

  private get key(): string {
    return `${this.where} ${this.path}`
  }

  /** YAML has numbers that nobody can count to: whatever is wrong with one is this, and is said once. */
  private get endless(): { reason: string; suggestion: string } | undefined {
    const { item } = this
    if (item?.kind !== 'scalar' || typeof item.value !== 'number' || Number.isFinite(item.value)) return undefined
    const is = Number.isNaN(item.value) ? 'not a number' : 'infinite'
    return { reason: `${shown(item.text)} is ${is}: no field takes it.`, suggestion: 'Write a number that has an end.' }
  }

  private say(severity: Fault['severity'], stage: Stage, reason: string, suggestion?: string, serious = false): void {
    if (this.meant) return
    const { faults, object } = this.setting
    const told = this.endless ?? { reason, ...(suggestion && { suggestion }) }
    faults.add({ ...this.place(), severity, stage, ...told, ...(object && { object }) }, serious)
  }
}

/** "Did you mean …?" for a word that is nearly a known one. */
export function meant(written: string, known: Iterable<string>): string | undefined {
  const found = nearest(written, known)
  return found === undefined ? undefined : `Did you mean ${found}?`
}
