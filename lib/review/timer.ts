import { z } from 'zod'
import { MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import { PARTS, type Part } from './part'

export const PART_LENGTH: Seconds = 10 * MINUTE

const whole = z.number().int()
/** The clock of a meeting, as it is stored. Instants are unix seconds, lengths seconds. */
export const timerSchema = z.object({
  startedAt: whole,
  /** stands still since; null: it runs */
  pausedAt: whole.nullable(),
  /** length of all pauses that are over */
  paused: whole,
  /** given to a part beyond its ten minutes */
  extra: z.object({ performance: whole, incidents: whole, decisions: whole }),
  /** elapsed time at which the present item came up */
  itemFrom: whole,
  /** spent on items that were left, by key */
  spent: z.record(z.string(), whole),
})
export type Timer = z.output<typeof timerSchema>

export const startedTimer = (now: UnixSeconds): Timer => ({
  ...{ startedAt: now, pausedAt: null, paused: 0, itemFrom: 0, spent: {} },
  extra: { performance: 0, incidents: 0, decisions: 0 },
})

/** Seconds of meeting that went by, pauses left out. Never negative, whatever the clocks say. */
export const elapsedOf = ({ startedAt, pausedAt, paused }: Timer, now: UnixSeconds): Seconds =>
  Math.max(0, (pausedAt ?? now) - startedAt - paused)

export const pausedTimer = (timer: Timer, now: UnixSeconds): Timer =>
  timer.pausedAt === null ? { ...timer, pausedAt: Math.max(now, timer.startedAt) } : timer

export const resumedTimer = (timer: Timer, now: UnixSeconds): Timer =>
  timer.pausedAt === null ? timer : { ...timer, pausedAt: null, paused: timer.paused + Math.max(0, now - timer.pausedAt) }

export const withMinute = (timer: Timer, part: Part): Timer => ({
  ...timer,
  extra: { ...timer.extra, [part]: timer.extra[part] + MINUTE },
})

/** Leaves an item for another one: what it took is kept. */
export function leftItem(timer: Timer, key: string, now: UnixSeconds): Timer {
  const elapsed = elapsedOf(timer, now)
  const took = Math.max(0, elapsed - timer.itemFrom)
  return { ...timer, itemFrom: elapsed, spent: { ...timer.spent, [key]: (timer.spent[key] ?? 0) + took } }
}

export type PartReading = { part: Part; length: Seconds; spent: Seconds; left: Seconds }
export type Reading = {
  elapsed: Seconds
  /** of the whole; negative when it is over */
  left: Seconds
  /** on this item, earlier visits included */
  item: Seconds
  parts: PartReading[]
}

/** What the clock shows while the item at `step` is discussed. */
export function readingOf(timer: Timer, items: { key: string; part: Part }[], step: number, now: UnixSeconds): Reading {
  const elapsed = elapsedOf(timer, now)
  const current = items[step]
  const running = Math.max(0, elapsed - timer.itemFrom)
  const spentOn = ({ key }: { key: string }) => (timer.spent[key] ?? 0) + (key === current?.key ? running : 0)
  const parts = PARTS.map((part): PartReading => {
    const spent = items.filter((item) => item.part === part).reduce((sum, item) => sum + spentOn(item), 0)
    const length = PART_LENGTH + timer.extra[part]
    return { part, length, spent, left: length - spent }
  })
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return { elapsed, left: length - elapsed, item: current ? spentOn(current) : 0, parts }
}

/** 18:42 · −0:40 when it is over. */
export function timerText(seconds: Seconds): string {
  const whole = Math.abs(Math.trunc(seconds))
  return `${seconds < 0 && whole > 0 ? '−' : ''}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
