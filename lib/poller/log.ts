import pino from 'pino'

/** The log of the poller: one JSON line per event. */
export const log = pino({ name: 'poller', level: process.env.LOG_LEVEL ?? 'info' })
