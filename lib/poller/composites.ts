import type pg from 'pg'
import { advance, type Fence, type Judged } from '../measurement/advance'
import { countsOf } from '../measurement/inputs'
import { askMembers, loadMembers, type Members, membersOf } from '../measurement/members'
import { ensurePartitions } from '../measurement/partitions'
import { markProvisional, provisionalOf, takeBack } from '../measurement/provisional'
import { haveCaughtUp, reachOf } from '../measurement/reach'
import { newestSamples, type Sample } from '../measurement/samples'
import type { CompositeDefinition } from '../slo/definition'
import { floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { judgeAlerts } from './alerts'
import { begin, HISTORY, nextKept, progress } from './fill'

export type CompositeContext = { pool: pg.Pool; fence: Fence; now: UnixSeconds; judged?: Judged }
export type Moved = {
  ids: number[]
  /** history was read, or a gap closed: there may be more, and what lists say of the past is old */
  far: boolean
}

/** A member that is merely behind is waited for this long; then the late policy speaks for it. */
export const PATIENCE = 10 * MINUTE

/** Since when composites wait. Forgotten with the process: the wait begins again, nothing is counted wrongly. */
const waiting = new WeakMap<pg.Pool, Map<number, UnixSeconds>>()

function impatient({ pool, now }: CompositeContext, id: number): boolean {
  const since = waiting.get(pool)?.get(id)
  return since !== undefined && now - since > PATIENCE
}

function remember({ pool, now }: CompositeContext, id: number, waits: boolean): void {
  const all = waiting.get(pool) ?? new Map<number, UnixSeconds>()
  waiting.set(pool, all)
  if (!waits) all.delete(id)
  else if (!all.has(id)) all.set(id, now)
}

/**
 * Moves each composite on towards `until`, by at most one stretch, from the counters of its members: after a minute that
 * is one minute. Composites that are members of others go first.
 */
export async function advanceComposites(
  context: CompositeContext,
  composites: CompositeDefinition[],
  until: UnixSeconds,
): Promise<Moved> {
  const moved: Moved = { ids: [], far: false }
  if (composites.length === 0) return moved
  let rest = composites
  while (rest.length > 0) {
    const members = await loadMembers(context.pool, rest)
    const waitingFor = new Set(rest.map(({ id }) => id))
    const ready = rest.filter((one) => membersOf(one, members).every((member) => !member || !waitingFor.has(member.id)))
    // A circle is refused when it is defined; one made by hand is taken as it comes.
    const turn = ready.length > 0 ? ready : rest
    await advanceTurn(context, turn, members, until, moved)
    rest = rest.filter((one) => !turn.includes(one))
  }
  return moved
}

type Step = ReturnType<typeof nextKept> & { last: boolean; composites: CompositeDefinition[]; start: Sample[] }

async function advanceTurn(
  context: CompositeContext,
  turn: CompositeDefinition[],
  members: Members,
  until: UnixSeconds,
  moved: Moved,
) {
  const { pool, fence, now, judged = judgeAlerts } = context
  for (const { stretch, tier, last, composites, start } of await stepsOf(context, turn, members, until)) {
    const ids = composites.map(({ id }) => id)
    const far = stretch.to - stretch.from > MINUTE
    if (far) await ensurePartitions(pool, stretch.from, stretch.to)
    await begin(pool, ids, stretch.from, until)
    const work = { definitions: composites, start: countsOf(start), stretch, now, fence, judge: last, judged }
    await advance(pool, askMembers(pool, members, tier), work)
    await progress(pool, ids, stretch.to, last)
    moved.ids.push(...ids)
    moved.far ||= far || !last
  }
}

/** What is to be counted now; composites that stand at the same instant are counted together. */
async function stepsOf(context: CompositeContext, turn: CompositeDefinition[], members: Members, until: UnixSeconds) {
  const { pool, fence, now } = context
  const ids = turn.map(({ id }) => id)
  for (const [id, from] of await provisionalOf(pool, ids)) {
    const composite = turn.find((one) => one.id === id)
    if (composite && haveCaughtUp(membersOf(composite, members), from)) await takeBack(pool, id, from, fence)
  }
  const newest = await newestSamples(pool, ids)
  const steps = new Map<string, Step>()
  for (const composite of turn) {
    const { id } = composite
    const reach = reachOf(membersOf(composite, members), until, impatient(context, id))
    remember(context, id, reach.waits)
    const sample = newest.get(id)
    const from = sample?.ts ?? floorTo(now - HISTORY, HOUR)
    if (reach.to === null || from >= reach.to) continue
    const { stretch, tier } = nextKept(from, reach.to, now)
    if (reach.provisionalFrom !== null && reach.provisionalFrom < stretch.to)
      await markProvisional(pool, id, Math.max(from, reach.provisionalFrom))
    const key = `${stretch.from} ${stretch.to} ${reach.to}`
    const step = steps.get(key) ?? { stretch, tier, last: stretch.to >= reach.to, composites: [], start: [] }
    step.composites.push(composite)
    if (sample) step.start.push(sample)
    steps.set(key, step)
  }
  return steps.values()
}
