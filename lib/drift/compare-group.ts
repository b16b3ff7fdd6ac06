import { SERIES } from '../prometheus-rules/names'
import type { Rule, RuleGroup } from '../prometheus-rules/rule'
import type { UnixSeconds } from '../time-series/units'
import { firstDifference, samePromql } from './canonical'
import { type DriftProblem, type RulePart, worstFirst } from './drift'
import type { LoadedGroup, LoadedRule } from './loaded'
import { otherSlos } from './other-slos'

/** An evaluation that needs more than this share of its interval will soon skip some. */
const SLOW = 0.5
/** So many intervals without an evaluation are no coincidence. */
const LATE = 3
/** Of long expressions the part around the first difference is shown. */
const SHOWN = 160
const BEFORE = 70

/** What is wrong with one group as it is loaded, worst first. `now` by the clock of the source. */
export function compareGroup(ours: RuleGroup, loaded: LoadedGroup[], now: UnixSeconds): DriftProblem[] {
  if (loaded.length === 0) return [{ kind: 'not-loaded' }]
  const [best] = loaded.map((group) => differencesOf(ours, group)).sort((a, b) => a.length - b.length)
  const twice: DriftProblem[] = loaded.length > 1 ? [{ kind: 'twice', files: loaded.map(({ file }) => file) }] : []
  const words: DriftProblem[] = best?.length && best.every(isWords) ? [{ kind: 'other-words' }] : []
  return worstFirst([...words, ...(best ?? []), ...twice, ...loaded.flatMap((group) => evaluation(group, now))])
}

/** The name of an SLO and of its service, its links: what differs where files say less than the portal. */
const isWords = (problem: DriftProblem): boolean =>
  problem.kind === 'changed' && (problem.what === 'annotations' || (problem.what === 'labels' && problem.rule === SERIES.info))

function differencesOf(ours: RuleGroup, theirs: LoadedGroup): DriftProblem[] {
  const { pairs, missing, extra } = paired(ours.rules, theirs.rules)
  const ofOthers = otherSlos(ours, theirs)
  const unknown = [...new Set(extra.filter(({ kind }) => kind === 'record').map(({ name }) => name))].filter(
    (name) => !(ofOthers || ours.rules.some((rule) => nameOf(rule) === name)),
  )
  const ordered = pairs.every(([, theirs], i) => i === 0 || theirs > (pairs[i - 1]?.[1] ?? -1))
  return [
    ...(theirs.interval !== null && theirs.interval !== ours.interval
      ? [{ kind: 'interval' as const, ours: ours.interval, theirs: theirs.interval }]
      : []),
    ...(ofOthers ? [{ kind: 'other-slos' as const }] : []),
    ...(unknown.length > 0 ? [{ kind: 'other-writer' as const, names: unknown }] : []),
    ...missing.map((rule): DriftProblem => ({ kind: 'missing', rule: ruleName(nameOf(rule), rule.labels) })),
    ...extra.map((rule): DriftProblem => ({ kind: 'extra', rule: ruleName(rule.name, rule.labels) })),
    ...pairs.flatMap(([rule, at]) => changesOf(rule, theirs.rules[at] as LoadedRule)),
    // A rule reads what the ones before it have just recorded.
    ...(ordered ? [] : [{ kind: 'order' as const }]),
  ]
}

/** Each rule of ours with the place of its own among theirs: by name and labels, what is left by name and turn. */
function paired(ours: Rule[], theirs: LoadedRule[]): { pairs: [Rule, number][]; missing: Rule[]; extra: LoadedRule[] } {
  const free = new Map<string, number[]>()
  const put = (key: string, at: number) => free.set(key, [...(free.get(key) ?? []), at])
  theirs.forEach((rule, at) => {
    put(identity(rule.name, rule.labels), at)
  })
  const found = new Map<Rule, number>()
  const taken = new Set<number>()
  const take = (rule: Rule, key: string) => {
    const at = free.get(key)?.find((one) => !taken.has(one))
    if (at === undefined) return
    taken.add(at)
    found.set(rule, at)
  }
  for (const rule of ours) take(rule, identity(nameOf(rule), rule.labels))
  theirs.forEach((rule, at) => {
    if (!taken.has(at)) put(rule.name, at)
  })
  for (const rule of ours) if (!found.has(rule)) take(rule, nameOf(rule))
  return {
    pairs: ours.flatMap((rule): [Rule, number][] => {
      const at = found.get(rule)
      return at === undefined ? [] : [[rule, at]]
    }),
    missing: ours.filter((rule) => !found.has(rule)),
    extra: theirs.filter((_, at) => !taken.has(at)),
  }
}

const nameOf = (rule: Rule): string => (rule.kind === 'record' ? rule.record : rule.alert)
const mapText = (map: Record<string, string>): string => JSON.stringify(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
const identity = (name: string, labels: Record<string, string>): string => `${name} ${mapText(labels)}`

/** SLOBudgetBurn (page, 1h, 5m), headroom:slo_burn_rate (1h): by the labels that tell rules of one group apart. */
function ruleName(name: string, { severity, long, short, window, quantile }: Record<string, string>): string {
  const told = [severity, long, short, quantile, name.endsWith(':slo_info') ? undefined : window].filter(Boolean)
  return told.length > 0 ? `${name} (${told.join(', ')})` : name
}

function changesOf(ours: Rule, theirs: LoadedRule): DriftProblem[] {
  const rule = ruleName(nameOf(ours), ours.labels)
  const changed = (what: RulePart, mine: string, loaded: string): DriftProblem[] => {
    const [a, b] = aroundDifference(mine, loaded)
    return [{ kind: 'changed', rule, what, ours: a, theirs: b }]
  }
  const maps = (what: RulePart, mine: Record<string, string>, loaded: Record<string, string>) =>
    mapText(mine) === mapText(loaded) ? [] : changed(what, labelsText(mine, loaded), labelsText(loaded, mine))
  return [
    ...(samePromql(ours.expr, theirs.expr) ? [] : changed('expression', flat(ours.expr), flat(theirs.expr))),
    ...maps('labels', ours.labels, theirs.labels),
    ...(ours.kind === 'record'
      ? []
      : [
          ...(theirs.for === null || theirs.for === ours.for ? [] : changed('for', `${ours.for} s`, `${theirs.for} s`)),
          ...(theirs.keepFiring === null || theirs.keepFiring === ours.keepFiring
            ? []
            : changed('keep-firing', `${ours.keepFiring} s`, `${theirs.keepFiring} s`)),
          ...maps('annotations', ours.annotations, theirs.annotations),
        ]),
  ]
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Only what differs. */
const labelsText = (map: Record<string, string>, other: Record<string, string>): string =>
  Object.entries(map)
    .filter(([key, value]) => other[key] !== value)
    .map(([key, value]) => `${key}="${value}"`)
    .join(', ') || 'none'

/** Two long texts from a little before where they part. */
function aroundDifference(a: string, b: string): [string, string] {
  const [atA, atB] = firstDifference(a, b)
  return [cut(a, atA), cut(b, atB)]
}

/** No word is cut where that can be helped: half a name of a series is no name. */
function cut(text: string, at: number): string {
  if (text.length <= SHOWN) return text
  const earliest = Math.max(0, at - BEFORE)
  const half = earliest === 0 ? 0 : (/^[\w:]*/.exec(text.slice(earliest, at))?.[0].length ?? 0)
  const from = earliest + half < at ? earliest + half : earliest
  const rest = text.slice(from, from + SHOWN)
  if (from + SHOWN >= text.length) return `${from > 0 ? '…' : ''}${rest}`
  const whole = rest.replace(/[\w:]+$/, '')
  return `${from > 0 ? '…' : ''}${whole.length > at - from ? whole : rest}…`
}

function evaluation(group: LoadedGroup, now: UnixSeconds): DriftProblem[] {
  const { interval, took, evaluatedAt, rules } = group
  const failing = rules.filter((rule) => rule.failing)
  const [first] = failing
  return [
    ...(first
      ? [
          {
            kind: 'failing' as const,
            rule: ruleName(first.name, first.labels),
            error: (first.lastError ?? 'The source does not say why.').slice(0, 500),
            more: failing.length - 1,
          },
        ]
      : []),
    ...(interval && took !== null && took > SLOW * interval ? [{ kind: 'slow' as const, took, interval }] : []),
    ...(interval && evaluatedAt !== null && now - evaluatedAt > LATE * interval
      ? [{ kind: 'late' as const, since: evaluatedAt, interval }]
      : []),
  ]
}
