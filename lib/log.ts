import pino from 'pino'

/** The log of the web part: one JSON line per event. */
export const log = pino({ name: 'web', level: process.env.LOG_LEVEL ?? 'info' })
