import type { Seconds } from '../time-series/units'
import type { Matcher, Selector } from './indicator'
import type { Signal } from './measurement-plan'
import { canonicalMatchers, type Dialect, signalKey, signalText } from './promql'
import { escapedRegex } from './regex'

/** One question that answers for many signals. `keyOf` finds the signal of a returned series. */
export type BatchQuery = {
  promql: string
  signals: Signal[]
  keyOf: (labels: Record<string, string>) => string | undefined
}

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
  const { groups, rest } = byPivot(unique)
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

type Pivoted = { pivot: string; members: Signal[] }

/** For each signal, the label whose removal makes it equal to most others. */
function byPivot(signals: Signal[]): { groups: Pivoted[]; rest: Signal[] } {
  const families = new Map<string, Pivoted>()
  for (const signal of signals)
    for (const [family, pivot] of familiesOf(signal)) {
      const entry = families.get(family) ?? { pivot, members: [] }
      entry.members.push(signal)
      families.set(family, entry)
    }
  const taken = new Set<Signal>()
  const groups: Pivoted[] = []
  for (const { pivot, members } of [...families.values()].sort((a, b) => b.members.length - a.members.length)) {
    const free = members.filter((signal) => !taken.has(signal))
    if (free.length < 2) continue
    for (const signal of free) taken.add(signal)
    groups.push({ pivot, members: free })
  }
  return { groups, rest: signals.filter((signal) => !taken.has(signal)) }
}

function familiesOf(signal: Signal): [family: string, pivot: string][] {
  if (signal.fn === 'expression') return []
  const { metric, matchers } = signal.selector
  const within = withinOf(signal)
  return matchers
    .filter((m) => m.op === '=' && m.value !== '' && matchers.filter((o) => o.label === m.label).length === 1)
    .filter((m) => !within || isEqually(within.matchers, m))
    .map((m) => {
      const others = (of: Matcher[]) => canonicalMatchers(of.filter((o) => o.label !== m.label))
      const all = within && [within.metric, others(within.matchers)]
      const bound = signal.fn === 'native-under' && signal.bound
      return [JSON.stringify([signal.fn, bound, metric, m.label, others(matchers), all]), m.label]
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
function groupedToFit(members: Signal[], pivot: string, how: How): BatchQuery[] {
  const query = grouped(members, pivot, how)
  if (query.promql.length <= maxBytes(how.dialect) || members.length < 2) return [query]
  return chunks(members, Math.ceil(members.length / 2)).flatMap((part) => groupedToFit(part, pivot, how))
}

function grouped(members: Signal[], pivot: string, how: How): BatchQuery {
  const first = members[0] as Exclude<Signal, { fn: 'expression' }>
  const keys = new Map<string, string>()
  for (const signal of members) if (signal.fn !== 'expression') keys.set(labelValue(signal.selector, pivot), signalKey(signal))
  const values = [...keys.keys()].map(escapedRegex).join('|')
  const widened = ({ metric, matchers }: Selector): Selector => ({
    metric,
    matchers: matchers.map((m) => (m.label === pivot ? { label: pivot, op: '=~', value: values } : m)),
  })
  const within = withinOf(first)
  const wide = { ...first, selector: widened(first.selector), ...(within && { within: widened(within) }) }
  return {
    promql: signalText(wide, how.step, how.dialect, { by: pivot }),
    signals: members,
    keyOf: (labels) => keys.get(labels[pivot] ?? ''),
  }
}

function packs(signals: Signal[], how: How): BatchQuery[] {
  const result: BatchQuery[] = []
  let part: Signal[] = []
  let bytes = 0
  for (const signal of signals) {
    const size = signalText(signal, how.step, how.dialect).length + 60
    if (part.length > 0 && (part.length >= (how.pack ?? PACK_SIZE) || bytes + size > maxBytes(how.dialect))) {
      result.push(packed(part, how))
      part = []
      bytes = 0
    }
    part.push(signal)
    bytes += size
  }
  if (part.length > 0) result.push(packed(part, how))
  return result
}

function packed(signals: Signal[], how: How): BatchQuery {
  return {
    promql: signals
      .map((signal, i) => `label_replace(${signalText(signal, how.step, how.dialect)},"${PACK_LABEL}","${i}","","")`)
      .join(' or '),
    signals,
    keyOf: (labels) => {
      const signal = signals[Number(labels[PACK_LABEL])]
      return signal && signalKey(signal)
    },
  }
}

const chunks = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
