import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { buildDue } from '../report/commands-schedule'
import { MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'

/** When nobody ticks, and nobody is about to: the moments that other work may use. */
export class Quiet {
  private busy = 0
  private readonly offsets = new Set<Seconds>()

  /** Runs what must not be disturbed. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.busy += 1
    try {
      return await work()
    } finally {
      this.busy -= 1
    }
  }

  /** Ticks come so many seconds after each full minute. */
  expect(offset: Seconds): void {
    this.offsets.add(offset)
  }

  at(now: UnixSeconds): boolean {
    return (
      this.busy === 0 && [...this.offsets].every((offset) => MINUTE - ((((now - offset) % MINUTE) + MINUTE) % MINUTE) > AHEAD)
    )
  }
}

/** Seconds before a tick in which nothing new is begun. */
const AHEAD = 3
/** One step takes about this long; many services together cost less than each by itself. In milliseconds. */
const AIM = 1_000
const MOST = 12

/** How many reports the next step builds, from how long the last one took. */
export function nextBatch(size: number, took: number): number {
  if (took > 2 * AIM) return Math.max(1, Math.floor(size / 2))
  return took < AIM / 2 ? Math.min(MOST, size + 2) : size
}

/** Builds what is due in steps of about a second, each when no tick is due; the size of a step follows what the last one took. */
class ReportWork {
  private size = 5
  constructor(
    private readonly quiet: Quiet,
    private readonly log: Logger,
  ) {}

  /** Whether there may be more to do at once. */
  async step(now: UnixSeconds): Promise<boolean> {
    if (!this.quiet.at(now)) return true
    const began = performance.now()
    const { more, failed = [] } = await buildDue(now, this.size)
    for (const { id, error } of failed) this.log.error({ service: id, err: error }, 'a report could not be built')
    this.size = nextBatch(this.size, performance.now() - began)
    return more
  }
}

type Loop = { log: Logger; signal: AbortSignal; clock: () => UnixSeconds; quiet: Quiet; mine: () => boolean }

/** Until the signal. Reports belong to no shard: whoever has the first builds them. Between two looks half a minute passes. */
export async function reportLoop({ log, signal, clock, quiet, mine }: Loop): Promise<void> {
  const work = new ReportWork(quiet, log)
  while (!signal.aborted) {
    let more = false
    try {
      more = mine() && (await work.step(clock()))
    } catch (error) {
      log.error({ err: error }, 'reports could not be built')
    }
    await wait(more ? 200 : 30_000, undefined, { signal }).catch(() => {})
  }
}
