import type { Seconds } from '../time-series/units'
import type { Matcher, Selector } from './indicator'
import type { Signal } from './measurement-plan'
import { canonicalMatchers, type Dialect, PART_LABEL, signalKey, signalText } from './promql'
import { escapedRegex } from './regex'
import { type SortedPart, sortedPartOf } from './sorting'

/** One question that answers for many signals. `keysOf` finds the signals that a returned series counts for. */
export type BatchQuery = {
  promql: string
  signals: Signal[]
  keysOf: (labels: Record<string, string>) => string[]
}

/** A signal, or all events and a part of them: their counters are read once, and both parts of the answer add up to all. */
type Asked = { signal: Signal; sorted?: SortedPart & { part: Signal } }

/** `pack`: how many signals that share nothing go into one question; 50 unless said otherwise */
type How = { step: Seconds; dialect: Dialect; pack?: number }

/** 50 packed signals keep `or` cheap; label groups are cheap and may have more members. */
const PACK_SIZE = 50
const GROUP_SIZE = 300
/** VictoriaMetrics reads 16 KB at most, and has the short increments; the others read what fits into a form. */
const maxBytes = (dialect: Dialect): number => (dialect === 'victoriametrics' ? 12_000 : 60_000)
const PACK_LABEL = 'headroom_signal'

/**
 * The fewest questions for these signals: those that differ in the value of one label share a grouped query, the rest
 * are packed with `or`. Duplicates are asked once.
 */
export function batchQueries(signals: Signal[], how: How): BatchQuery[] {
  const unique = [...new Map(signals.map((signal) => [signalKey(signal), signal])).values()]
  const { groups, rest } = byPivot(paired(unique))
  return [
    ...groups.flatMap(({ pivot, members }) => chunks(members, GROUP_SIZE).flatMap((part) => groupedToFit(part, pivot, how))),
    ...packs(rest, how),
  ]
}

/** The halves of a refused query, or nothing when a single signal is to blame. */
export function bisect(query: BatchQuery, how: How): BatchQuery[] {
  if (query.signals.length < 2) return []
  const middle = Math.ceil(query.signals.length / 2)
  return [query.signals.slice(0, middle), query.signals.slice(middle)].flatMap((part) => batchQueries(part, how))
}

/** Parts beside all that they are a part of, if that is asked for as well; one part each. */
function paired(signals: Signal[]): Asked[] {
  const asked = new Map<string, Asked>(signals.map((signal) => [signalKey(signal), { signal }]))
  for (const part of signals) {
    const within = withinOf(part)
    const all = within && asked.get(signalKey({ fn: 'increase', selector: within }))
    const sorted = all && !all.sorted && sortedPartOf(part, all.signal)
    if (!sorted) continue
    all.sorted = { ...sorted, part }
    asked.delete(signalKey(part))
  }
  return [...asked.values()]
}

const signalsOf = (asked: Asked[]): Signal[] => asked.flatMap(({ signal, sorted }) => (sorted ? [signal, sorted.part] : [signal]))

function keysOf({ signal, sorted }: Asked, labels: Record<string, string>): string[] {
  const isPart = sorted && (labels[PART_LABEL] === '1') === sorted.matched
  return isPart ? [signalKey(signal), signalKey(sorted.part)] : [signalKey(signal)]
}

const textOf = ({ signal, sorted }: Asked, { step, dialect }: How, by?: string): string =>
  signalText(signal, step, dialect, { ...(by && { by }), ...(sorted && { sort: sorted.sort }) })

type Pivoted = { pivot: string; members: Asked[] }

/** For each, the label whose removal makes it equal to most others. */
function byPivot(all: Asked[]): { groups: Pivoted[]; rest: Asked[] } {
  const families = new Map<string, Pivoted>()
  for (const asked of all)
    for (const [family, pivot] of familiesOf(asked)) {
      const entry = families.get(family) ?? { pivot, members: [] }
      entry.members.push(asked)
      families.set(family, entry)
    }
  const taken = new Set<Asked>()
  const groups: Pivoted[] = []
  for (const { pivot, members } of [...families.values()].sort((a, b) => b.members.length - a.members.length)) {
    const free = members.filter((asked) => !taken.has(asked))
    if (free.length < 2) continue
    for (const asked of free) taken.add(asked)
    groups.push({ pivot, members: free })
  }
  return { groups, rest: all.filter((asked) => !taken.has(asked)) }
}

function familiesOf({ signal, sorted }: Asked): [family: string, pivot: string][] {
  if (signal.fn === 'expression') return []
  const { metric, matchers } = signal.selector
  const within = withinOf(signal)
  return matchers
    .filter((m) => m.op === '=' && m.value !== '' && matchers.filter((o) => o.label === m.label).length === 1)
    .filter((m) => (!within || isEqually(within.matchers, m)) && m.label !== sorted?.sort.label)
    .map((m) => {
      const others = (of: Matcher[]) => canonicalMatchers(of.filter((o) => o.label !== m.label))
      const all = within && [within.metric, others(within.matchers)]
      const bound = signal.fn === 'native-under' && signal.bound
      return [JSON.stringify([signal.fn, bound, metric, m.label, others(matchers), all, sorted?.sort]), m.label]
    })
}

/** Whether these fix the label to the same value, and say nothing else of it. */
function isEqually(matchers: Matcher[], { label, value }: Matcher): boolean {
  const [only, ...more] = matchers.filter((m) => m.label === label)
  return only?.op === '=' && only.value === value && more.length === 0
}

const withinOf = (signal: Signal): Selector | undefined => (signal.fn === 'increase' ? signal.within : undefined)

const labelValue = (selector: Selector, label: string): string =>
  (selector.matchers.find((m) => m.label === label) as Matcher).value

/** One question, or halves of it as long as its text is too long. */
function groupedToFit(members: Asked[], pivot: string, how: How): BatchQuery[] {
  const query = grouped(members, pivot, how)
  if (query.promql.length <= maxBytes(how.dialect) || members.length < 2) return [query]
  return chunks(members, Math.ceil(members.length / 2)).flatMap((part) => groupedToFit(part, pivot, how))
}

function grouped(members: Asked[], pivot: string, how: How): BatchQuery {
  const first = members[0] as Asked & { signal: Exclude<Signal, { fn: 'expression' }> }
  const byValue = new Map<string, Asked>()
  for (const asked of members) if (asked.signal.fn !== 'expression') byValue.set(labelValue(asked.signal.selector, pivot), asked)
  const values = [...byValue.keys()].map(escapedRegex).join('|')
  const widened = ({ metric, matchers }: Selector): Selector => ({
    metric,
    matchers: matchers.map((m) => (m.label === pivot ? { label: pivot, op: '=~', value: values } : m)),
  })
  const within = withinOf(first.signal)
  const wide = { ...first.signal, selector: widened(first.signal.selector), ...(within && { within: widened(within) }) }
  return {
    promql: textOf({ ...first, signal: wide }, how, pivot),
    signals: signalsOf(members),
    keysOf: (labels) => {
      const asked = byValue.get(labels[pivot] ?? '')
      return asked ? keysOf(asked, labels) : []
    },
  }
}

function packs(all: Asked[], how: How): BatchQuery[] {
  const result: BatchQuery[] = []
  let part: Asked[] = []
  let bytes = 0
  for (const asked of all) {
    const size = textOf(asked, how).length + 60
    if (part.length > 0 && (part.length >= (how.pack ?? PACK_SIZE) || bytes + size > maxBytes(how.dialect))) {
      result.push(packed(part, how))
      part = []
      bytes = 0
    }
    part.push(asked)
    bytes += size
  }
  if (part.length > 0) result.push(packed(part, how))
  return result
}

function packed(all: Asked[], how: How): BatchQuery {
  return {
    promql: all.map((asked, i) => `label_replace(${textOf(asked, how)},"${PACK_LABEL}","${i}","","")`).join(' or '),
    signals: signalsOf(all),
    keysOf: (labels) => {
      const asked = all[Number(labels[PACK_LABEL])]
      return asked ? keysOf(asked, labels) : []
    },
  }
}

const chunks = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
