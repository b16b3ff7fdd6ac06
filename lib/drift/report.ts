import type { UnixSeconds } from '../time-series/units'
import type { CheckProblem, GoneGroup, ServiceDrift } from './check'
import { DRIFT_STATES, DRIFT_WORDS, type DriftProblem, type DriftState } from './drift'
import { plainCount } from './words'

/** How everything stands: what sources have loaded, and what files said when they were last applied. */

export type SourceDrift = {
  name: string
  /** `null`: nobody has asked it yet */
  askedAt: UnixSeconds | null
  /** of the answer that everything below comes from */
  checkedAt: UnixSeconds | null
  /** why the last question had no answer */
  problem: CheckProblem | null
  message: string | null
  /** groups of ours that are loaded; 0: nothing is exported, which is no fault */
  loaded: number
  /** SLOs that it measures, by how their rules stand; empty where nothing is exported */
  counts: Record<DriftState, number>
  slos: number
  services: ServiceDrift[]
  gone: GoneGroup[]
}

export type SloDriftRow = {
  id: number
  slug: string
  name: string
  service: { slug: string; name: string }
  source: string
  state: DriftState
  problems: DriftProblem[]
  since: UnixSeconds
}

/** An SLO that is no longer what its files said. */
export type FileDriftRow = {
  id: number
  slug: string
  name: string
  service: { slug: string; name: string }
  owner: string
  file: string
  line: number
  /** one sentence each: from what the files said to what holds now */
  changes: string[]
}

/** A service that is no longer what its files said. */
export type ServiceDriftRow = Pick<FileDriftRow, 'slug' | 'name' | 'owner' | 'file' | 'line' | 'changes'>

export type FileSet = {
  owner: string
  appliedAt: UnixSeconds
  appliedBy: string
  revision: string | null
  repository: string | null
  slos: number
  drifting: number
  services: number
  driftingServices: number
}

export type DriftReport = {
  sources: SourceDrift[]
  /** one page of those that are not in step, worst first */
  slos: SloDriftRow[]
  /** all of them */
  matched: number
  sets: FileSet[]
  files: FileDriftRow[]
  services: ServiceDriftRow[]
}

export const setDrifts = ({ drifting, driftingServices }: Pick<FileSet, 'drifting' | 'driftingServices'>): boolean =>
  drifting + driftingServices > 0

/** One sentence about a set of files. */
export function setText(set: Pick<FileSet, 'slos' | 'drifting' | 'services' | 'driftingServices'>): string {
  const { slos, drifting, services, driftingServices } = set
  const off = [
    ...(drifting > 0 ? [`${drifting} of ${plainCount(slos, 'SLO')}`] : []),
    ...(driftingServices > 0 ? [`${driftingServices} of ${plainCount(services, 'service')}`] : []),
  ]
  if (off.length > 0)
    return `${off.join(' and ')} ${drifting + driftingServices === 1 ? 'is' : 'are'} no longer what the files said.`
  const [count, what] = slos > 0 ? [slos, 'SLO'] : [services, 'service']
  if (count === 0) return 'Nothing is managed by its files any more.'
  return count === 1 ? `Its ${what} is as the files said.` : `All ${plainCount(count, what)} are as the files said.`
}

/** How one SLO stands to its rules and its files, for its page. */
export type SloDrift = {
  /** `null`: nothing of ours is loaded in its source, which is no fault */
  rules: { state: DriftState; problems: DriftProblem[]; since: UnixSeconds; checkedAt: UnixSeconds } | null
  /** what is no longer as its files said, a sentence each; empty: all of it, or it comes from no files */
  files: string[]
}

export const drifting = ({ counts }: Pick<SourceDrift, 'counts'>): number =>
  DRIFT_STATES.reduce((sum, state) => (state === 'in-step' ? sum : sum + counts[state]), 0)

/** `yes`: all that is known is in step. `unknown`: somebody was asked and did not say. */
export function inStep({ sources, sets }: Pick<DriftReport, 'sources' | 'sets'>): 'yes' | 'no' | 'unknown' {
  const off = sources.some((source) => drifting(source) > 0 || source.services.length > 0 || source.gone.length > 0)
  if (off || sets.some(setDrifts)) return 'no'
  // A source that evaluates no rules cannot be out of step.
  return sources.some(({ problem }) => problem !== null && problem !== 'no-rules') ? 'unknown' : 'yes'
}

/** One sentence about a source; ages are said beside it. */
export function sourceText(source: SourceDrift): string {
  const { loaded, problem, message, checkedAt, askedAt, counts, gone, services } = source
  if (askedAt === null) return 'It was not asked yet.'
  if (problem === 'no-rules' && checkedAt === null) return message ?? 'It evaluates no rules.'
  if (checkedAt === null) return `It does not answer: ${message}`
  if (loaded === 0) return 'No rules of Headroom are loaded: nothing is exported to it, and nothing is missing.'
  const worse = DRIFT_STATES.filter((state) => state !== 'in-step' && counts[state] > 0)
  const groups = plainCount(loaded, 'group')
  const more = [
    ...(services.length > 0 ? [`rules of ${plainCount(services.length, 'service')} differ`] : []),
    ...(gone.length > 0 ? [`${plainCount(gone.length, 'group')} left over, for nothing that it measures`] : []),
  ]
  if (worse.length === 0 && more.length === 0)
    return `All ${plainCount(counts['in-step'], 'SLO')} are in step: ${groups} of rules as the portal writes them.`
  // Those that were looked at: one that is new since then is not among them.
  const checked = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const parts = worse.map((state) => `${counts[state].toLocaleString('en-US')} ${DRIFT_WORDS[state].toLowerCase()}`)
  const head =
    parts.length > 0
      ? `${drifting(source)} of ${plainCount(checked, 'SLO')} ${drifting(source) === 1 ? 'drifts' : 'drift'}: ${parts.join(', ')}`
      : 'All SLOs are in step'
  return `${[head, ...more].join('; ')}.`
}
