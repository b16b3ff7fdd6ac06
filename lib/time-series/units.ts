/** Whole seconds since 1970-01-01T00:00:00Z. */
export type UnixSeconds = number
/** A length of time in seconds. */
export type Seconds = number
/** A number between 0 and 1. */
export type Ratio = number

export const MINUTE = 60
export const HOUR = 3600
export const DAY = 86_400

export const floorTo = (time: UnixSeconds, step: Seconds): UnixSeconds => time - (((time % step) + step) % step)
export const ceilTo = (time: UnixSeconds, step: Seconds): UnixSeconds => floorTo(time + step - 1, step)
export const toUnix = (date: Date): UnixSeconds => Math.floor(date.getTime() / 1000)
