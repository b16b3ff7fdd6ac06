import { Cursor } from './cursor'
import { type Declared, type DeclaredSlo, FORMATS, type Format, nothing } from './declared'
import { formatOf } from './detect'
import { textOf } from './encoding'
import { byText, type Fault, Faults, inOrder, type Place, shown } from './fault'
import { misfits } from './fits'
import type { Checked, FormatReader, Reading } from './format'
import { contradictions } from './merged-services'
import { fromV1alpha, fromV2alpha } from './openslo/alpha'
import { VERSION as OPENSLO, openslo } from './openslo/openslo'
import { pyrra } from './pyrra/pyrra'
import { seed } from './seed/seed'
import { sloGenerator } from './slo-generator/slo-generator'
import { sloth } from './sloth/sloth'
import { entryOf, type Item, Lines, textIn } from './tree'
import { notJson } from './yaml-json'
import { documentsOf } from './yaml-text'

/** Without its content where that was not read: `size` in bytes where it is too large (infinite where nobody knows how large), `unread` where it could not be. */
export type SourceFile = { name: string; content: Uint8Array | string; size?: number; unread?: Unread }
/** why, and what to do about it */
export type Unread = { reason: string; suggestion: string }
export type ReadFiles = {
  declared: Declared
  faults: Fault[]
  /** objects that were found, whatever became of them */
  objects: number
}

const READERS: Record<Format, FormatReader> = { openslo, seed, sloth, pyrra, 'slo-generator': sloGenerator }
/** Nobody keeps more definitions in one place; each costs memory until all are read. */
const MOST_OBJECTS = 20_000

/** Many files as declarations and faults, all of them at once. The order of the files changes nothing but what is named first. */
export function readFiles(files: SourceFile[], reading: Reading): ReadFiles {
  const steps = readInSteps(files, reading)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same where others wait as well: between two files, and now and then within one, they come first. */
export async function readFilesInTurns(files: SourceFile[], reading: Reading): Promise<ReadFiles> {
  const steps = readInSteps(files, reading)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await new Promise(setImmediate)
  }
}

/** Some milliseconds of work each. */
const OBJECTS_A_STEP = 100

function* readInSteps(files: SourceFile[], reading: Reading): Generator<void, ReadFiles> {
  const found: Record<Format, Checked[]> = { openslo: [], seed: [], sloth: [], pyrra: [], 'slo-generator': [] }
  const collected: Faults[] = []
  let objects = 0
  for (const file of [...files].sort((a, b) => byText(a.name, b.name))) {
    const faults = new Faults(file.name)
    collected.push(faults)
    for (const object of objectsOf(file, faults)) {
      if (++objects > MOST_OBJECTS) {
        object.error('text', `There are more than ${MOST_OBJECTS} objects in these files. Read them in parts.`)
        break
      }
      checkOne(object, faults, found, reading)
      // Programs write files that are wrong a thousand times over: what is told is enough to mend them by.
      if (faults.full) break
      if (objects % OBJECTS_A_STEP === 0) yield
    }
    yield
  }
  const parts: Declared[] = []
  for (const format of FORMATS) {
    parts.push(READERS[format].declare(found[format], reading))
    yield
  }
  const declared = joined(parts)
  const byFile = new Map(collected.map((faults) => [faults.file, faults]))
  twice(declared.slos, byFile, found)
  for (const { place, reason } of misfits(declared))
    byFile.get(place.file)?.add({ ...place, severity: 'warning', stage: 'validate', reason })
  for (const fault of contradictions(declared.services)) byFile.get(fault.file)?.add(fault)
  return { declared, faults: inOrder(collected.flatMap(({ list }) => list)), objects }
}

function checkOne(object: Cursor, faults: Faults, found: Record<Format, Checked[]>, reading: Reading): void {
  const format = formatOf(object)
  if (!format) return
  for (const one of format === 'openslo' ? versions(object) : [object]) {
    const before = faults.serious
    const checked = READERS[format].check(one, reading)
    found[format].push({ ...checked, clean: faults.serious === before })
  }
}

/** Other versions of openslo are written as v1 and read as far as that goes. */
function versions(object: Cursor): Cursor[] {
  const version = object.get('apiVersion')
  const written = version.text() ?? ''
  const { item } = object
  if (written === OPENSLO || !item) return [object]
  const alpha = written === 'openslo/v1alpha' || written === 'openslo.com/v2alpha'
  if (!alpha) {
    version.error('decode', `There is no version “${shown(written)}” of openslo.`, `Write ${OPENSLO}.`)
    return []
  }
  version.warn('decode', `${written} is read as far as ${OPENSLO} goes.`, `Write ${OPENSLO}.`)
  const items = written === 'openslo/v1alpha' ? fromV1alpha(item) : [fromV2alpha(item)]
  return items.map((one) => object.as(one).leniently())
}

function objectsOf({ name, content, size, unread }: SourceFile, faults: Faults): Cursor[] {
  const refuse = (place: { line: number; column: number }, reason: string, suggestion?: string) =>
    faults.add({ file: name, ...place, path: '', severity: 'error', stage: 'text', reason, ...(suggestion && { suggestion }) })
  if (unread) {
    refuse({ line: 1, column: 1 }, unread.reason, unread.suggestion)
    return []
  }
  const text = textOf(content, size)
  if (!text.ok) {
    refuse({ line: text.line, column: 1 }, text.reason)
    return []
  }
  const lines = new Lines(text.text)
  const wrong = /\.json$/i.test(name) && text.text.trim() !== '' ? notJson(text.text) : null
  const { documents, problems } = wrong ? { documents: [], problems: [wrong] } : documentsOf(text.text)
  for (const { at, reason, suggestion } of problems) refuse(lines.of(at), reason, suggestion)
  if (documents.length === 0 && problems.length === 0)
    faults.add({
      ...{ file: name, line: 1, column: 1, path: '', severity: 'warning', stage: 'text' },
      reason: 'The file is empty.',
    })
  return documents.flatMap(spread).map((item) => Cursor.over(item, { faults, lines }))
}

/** A list of definitions, and the List of Kubernetes, are what they hold. */
function spread(item: Item): Item[] {
  if (item.kind === 'list') return item.items
  const held = entryOf(item, 'items')
  return held?.kind === 'list' && /List$/.test(textIn(entryOf(item, 'kind')) ?? '') ? held.items : [item]
}

const joined = (parts: Declared[]): Declared => {
  const all = nothing()
  for (const { services, sources, slos, budgetPolicies, faulty } of parts) {
    all.services.push(...services)
    all.sources.push(...sources)
    all.slos.push(...slos)
    all.budgetPolicies.push(...budgetPolicies)
    all.faulty.push(...faulty)
  }
  return all
}

/** Two SLOs of a service with one short name would overwrite each other. */
function twice(slos: DeclaredSlo[], faults: Map<string, Faults>, found: Record<Format, Checked[]>): void {
  const known = new Map<string, DeclaredSlo>()
  const said = namedTwice(faults, found)
  for (const slo of slos) {
    const key = `${slo.service}/${slo.slug}`
    const first = known.get(key)
    if (!first) known.set(key, slo)
    else if (!said.has(spot(slo.place)))
      faults.get(slo.place.file)?.add({
        ...{ ...slo.place, severity: 'error', stage: 'references' },
        reason: `There is another SLO ${key}, at ${first.place.file}:${first.place.line}.`,
        suggestion: 'Give one of them another name.',
      })
  }
}

/** Where objects begin whose names others have: that was said at the name. */
function namedTwice(faults: Map<string, Faults>, found: Record<Format, Checked[]>): Set<string> {
  const said = new Set<string>()
  for (const { list } of faults.values())
    for (const fault of list) if (fault.stage === 'references' && fault.severity === 'error') said.add(spot(fault) + fault.path)
  const named = Object.values(found)
    .flat()
    .map(({ object }) => ({ begin: object.place(), name: object.in('metadata', 'name').place() }))
  return new Set(named.filter(({ name }) => said.has(spot(name) + name.path)).map(({ begin }) => spot(begin)))
}

const spot = ({ file, line, column }: Place): string => `${file}:${line}:${column} `
