import type { RuleGroup } from '../prometheus-rules/rule'
import type { UnixSeconds } from '../time-series/units'
import { compareGroup } from './compare-group'
import { type DriftProblem, type DriftState, stateOf } from './drift'
import type { LoadedGroup } from './loaded'

/** "shop" of a service, "shop/orders" of an SLO. */
export type SubjectDrift = { key: string; state: DriftState; problems: DriftProblem[] }

export type RulesDrift = {
  /** groups of ours that are loaded; 0: nothing is exported to this source, which is no fault */
  loaded: number
  subjects: SubjectDrift[]
  /** groups of ours for SLOs and services that are not among these */
  gone: { key: string; file: string }[]
}

const PREFIX = 'headroom/'
const RECORDED = 'headroom:slo_'

/** Whose group it is: by its name, or where somebody renamed it, by what it records. `null`: not ours. */
export function subjectOf({ name, rules }: LoadedGroup): string | null {
  if (/^headroom\/[^/]+(\/[^/]+)?$/.test(name)) return name.slice(PREFIX.length)
  const own = rules.find((rule) => rule.kind === 'record' && rule.name.startsWith(RECORDED) && rule.labels.slo)
  return own ? `${own.labels.service}/${own.labels.slo}` : null
}

type Options = {
  /** between pieces of work, so that nothing else has to wait */
  pause?: () => Promise<void>
  /** where nothing of ours is loaded, everything is missing: somebody says that it ought to be there */
  exported?: boolean
}
const TOGETHER = 10

/**
 * The groups that ought to be loaded and those that are. Nothing is missing where nothing of ours is loaded.
 * `now`: by the clock of the source (`sourceClock`).
 */
export async function compareRules(
  ours: Iterable<RuleGroup>,
  theirs: LoadedGroup[],
  now: UnixSeconds,
  { pause = async () => {}, exported = false }: Options = {},
): Promise<RulesDrift> {
  const bySubject = new Map<string, LoadedGroup[]>()
  for (const group of theirs) {
    const key = subjectOf(group)
    if (key !== null) bySubject.set(key, [...(bySubject.get(key) ?? []), group])
  }
  const loaded = [...bySubject.values()].reduce((sum, { length }) => sum + length, 0)
  if (loaded === 0 && !exported) return { loaded, subjects: [], gone: [] }
  const subjects: SubjectDrift[] = []
  const wanted = new Set<string>()
  for (const group of ours) {
    const key = group.name.slice(PREFIX.length)
    wanted.add(key)
    const problems = compareGroup(group, bySubject.get(key) ?? [], now)
    subjects.push({ key, state: stateOf(problems), problems })
    if (subjects.length % TOGETHER === 0) await pause()
  }
  const gone = [...bySubject].flatMap(([key, groups]) => (wanted.has(key) ? [] : groups.map(({ file }) => ({ key, file }))))
  return { loaded, subjects, gone }
}

/** What time it is there: as its answer says, and no earlier than what it says it evaluated. */
export const sourceClock = (groups: LoadedGroup[], date: UnixSeconds | null): UnixSeconds =>
  groups.reduce((newest, { evaluatedAt }) => Math.max(newest, evaluatedAt ?? 0), date ?? 0)
