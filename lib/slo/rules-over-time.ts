import type { UnixSeconds } from '../time-series/units'
import type { SloDefinitionRecord } from './definition-input'
import type { StatusRules } from './status'
import type { SloWindow } from './window'

/** A version of a definition and when it came into force. */
export type VersionRules = { from: UnixSeconds; definition: Partial<SloDefinitionRecord> }

/**
 * The rules in force at an instant: those of the newest version not after it. Before the first version, the first
 * holds: nothing else was ever promised. `versions` oldest first; what a version does not say is as it is now.
 */
export function rulesOverTime(now: StatusRules, versions: VersionRules[]): (ts: UnixSeconds) => StatusRules {
  const stages = versions.map(({ from, definition }) => ({ from, rules: { ...now, ...ruled(definition) } }))
  return (ts) => (stages.findLast(({ from }) => from <= ts) ?? stages[0])?.rules ?? now
}

function ruled({ target, window, noDataPolicy, coverageFloor, minEvents }: Partial<SloDefinitionRecord>): Partial<StatusRules> {
  return Object.fromEntries(
    Object.entries({ target, window, noDataPolicy, coverageFloor, minEvents }).filter(([, value]) => value !== undefined),
  )
}

/** Every window that was in force within a stretch, each once. */
export function windowsWithin(now: StatusRules, versions: VersionRules[], from: UnixSeconds, to: UnixSeconds): SloWindow[] {
  const rulesAt = rulesOverTime(now, versions)
  const instants = [from, to, ...versions.map((version) => version.from).filter((ts) => ts > from && ts < to)]
  return [...new Map(instants.map((ts) => rulesAt(ts).window).map((window) => [JSON.stringify(window), window])).values()]
}
