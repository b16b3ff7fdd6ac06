import { SERIES } from '../prometheus-rules/names'
import type { RuleGroup } from '../prometheus-rules/rule'
import { samePromql } from './canonical'
import type { LoadedGroup } from './loaded'

const OF_SERVICES: string[] = [SERIES.requestRate, SERIES.successRatio, SERIES.latency]
/** Everything in the group of a service is a rate of counters. */
const COUNTERS = /[A-Za-z_:][\w:]*(?:\{(?:"(?:\\.|[^"\\])*"|[^}"])*\})?(?=\s*\[)/g

/**
 * Whether the group of a service was written from other SLOs of it than those it is compared with: from one of them alone, or before
 * they changed. Then it records something else, or reads other counters.
 */
export function otherSlos(ours: RuleGroup, theirs: LoadedGroup): boolean {
  const names = theirs.rules.map(({ name }) => name)
  if (ours.name.split('/').length !== 2 || names.length === 0 || !names.every((name) => OF_SERVICES.includes(name))) return false
  const wanted = ours.rules.map((rule) => (rule.kind === 'record' ? rule.record : rule.alert))
  const [mine, loaded] = [ours, theirs].map(({ rules }) => rules.flatMap(({ expr }) => expr.match(COUNTERS) ?? []))
  return !(sameNames(wanted, names) && covers(mine, loaded) && covers(loaded, mine))
}

const sameNames = (a: string[], b: string[]): boolean => [...new Set(a)].sort().join() === [...new Set(b)].sort().join()
const covers = (some: string[] = [], all: string[] = []): boolean =>
  some.every((one) => all.some((other) => samePromql(one, other)))
