import { type ChangeType, DECISIONS, type Decision, isWorse, type Risk } from '../release/vocabulary'
import { type SloState, stateRank } from '../slo/state'
import type { UnixSeconds } from '../time-series/units'
import type { BudgetPolicy } from './budget-policy'
import { type Freeze, freezesWithin, matrixDecision, type Standing, stops, verdictWith } from './verdict'
import { listText, plural } from './words'

/** A release that went out, as it would have been asked about. */
export type PastRelease = {
  id: number
  service: { slug: string; name: string }
  version: string
  at: UnixSeconds
  risk: Risk
  changeType: ChangeType
  /** nobody said risk and type: taken as a feature of medium risk */
  assumed: boolean
}

type Known = { slo: { id: number; name: string }; standing: Standing }
/** What decides a release: the policy of its service, and how its gating SLOs stood. */
export type Basis = { settings: BudgetPolicy; slos: Known[] }

export type Side = {
  decision: Decision
  state: SloState | null
  slo: { id: number; name: string } | null
  /** the freeze window that decided */
  freeze: string | null
}
export type ComparedRelease = PastRelease & { before: Side; after: Side }

type FreezesAt = (settings: BudgetPolicy, at: UnixSeconds) => Freeze[]

/** Freeze windows laid out once per policy. */
export function freezeCalendar(from: UnixSeconds, to: UnixSeconds): FreezesAt {
  const known = new Map<BudgetPolicy, Freeze[]>()
  return (settings, at) => {
    const laidOut = known.get(settings) ?? freezesWithin(settings, from, to + 1)
    known.set(settings, laidOut)
    return laidOut.filter((freeze) => freeze.from <= at && at < freeze.to)
  }
}

/** What the present policy and the new one say of a release. */
export const compared = (
  release: PastRelease,
  { before, after }: { before: Basis; after: Basis },
  freezesAt: FreezesAt,
): ComparedRelease => ({ ...release, before: sideOf(release, before, freezesAt), after: sideOf(release, after, freezesAt) })

/** The SLO that the matrix is hardest on decides, between equals the one in the worse state; then freeze windows and the lane. */
function sideOf(release: PastRelease, { settings, slos }: Basis, freezesAt: FreezesAt): Side {
  const of = ({ standing }: Known) => matrixDecision(settings, standing, release.risk)
  const worst = slos.reduce<Known | null>((so, one) => (so === null || counts(one, so, of) ? one : so), null)
  const freezes = freezesAt(settings, release.at).filter((freeze) => stops(freeze, release.changeType))
  const decision = verdictWith(settings, worst?.standing ?? null, release, freezes)
  const thawed = verdictWith(settings, worst?.standing ?? null, release, [])
  const freeze = isWorse(decision, thawed) ? freezes.find(({ effect }) => !isWorse(decision, effect)) : undefined
  return { decision, state: worst?.standing.state ?? null, slo: worst?.slo ?? null, freeze: freeze?.name ?? null }
}

function counts(one: Known, over: Known, of: (known: Known) => Decision): boolean {
  if (of(one) !== of(over)) return isWorse(of(one), of(over))
  return stateRank(one.standing.state) < stateRank(over.standing.state)
}

export type ChangedGroup = { title: string; releases: ComparedRelease[] }

const WOULD: Record<Exclude<Decision, 'approve'>, (count: number) => string> = {
  block: (count) => `Would have blocked ${these(count)}`,
  defer: (count) => `Would have deferred ${these(count)}`,
  review: (count) => `Would have asked for a review of ${these(count)}`,
}
const these = (count: number): string => (count === 1 ? 'this release' : `these ${plural(count, 'release')}`)

/** Releases that would have got another answer, the worst first: "Would have blocked these 3 releases". */
export function changedGroups(releases: ComparedRelease[]): ChangedGroup[] {
  const worse = releases.filter(({ before, after }) => isWorse(after.decision, before.decision))
  const easier = releases.filter(({ before, after }) => isWorse(before.decision, after.decision))
  const groups = DECISIONS.toReversed().flatMap((decision): ChangedGroup[] => {
    const found = worse.filter(({ after }) => after.decision === decision)
    return decision === 'approve' || found.length === 0 ? [] : [{ title: WOULD[decision](found.length), releases: found }]
  })
  return easier.length === 0
    ? groups
    : [...groups, { title: `Would have been easier on ${these(easier.length)}`, releases: easier }]
}

/** The whole in a sentence. */
export function previewSentence(releases: ComparedRelease[], days: number): string {
  const all = `${plural(releases.length, 'release')} of the last ${days} days`
  if (releases.length === 0) return `No release went out there in the last ${days} days.`
  const count = (test: (release: ComparedRelease) => boolean) => releases.filter(test).length
  const worse = (decision: Decision) =>
    count(({ before, after }) => after.decision === decision && isWorse(decision, before.decision))
  const easier = count(({ before, after }) => isWorse(before.decision, after.decision))
  const parts = [
    ...(worse('block') > 0 ? [`would have blocked ${worse('block')}`] : []),
    ...(worse('defer') > 0 ? [`would have deferred ${worse('defer')}`] : []),
    ...(worse('review') > 0 ? [`would have asked for a review of ${worse('review')}`] : []),
    ...(easier > 0 ? [`would have been easier on ${easier}`] : []),
  ]
  return parts.length === 0
    ? `It would have decided the ${all} the same.`
    : `Of the ${all} it ${listText(parts.map((part, i) => (i === 0 ? part : part.replace('would have ', ''))))}.`
}
