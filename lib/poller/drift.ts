import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { checkDue } from '../drift/commands-check'
import type { UnixSeconds } from '../time-series/units'
import type { Quiet } from './reports'

/** Between two looks at whose turn it is, in milliseconds; a source has its turn every few minutes. */
const PAUSE = 10_000

type Loop = { log: Logger; signal: AbortSignal; clock: () => UnixSeconds; quiet: Quiet; mine: () => boolean }

/** Until the signal, beside the ticks and while none is due: which rules have the sources loaded? A slow source holds nobody up. */
export async function driftLoop({ log, signal, clock, quiet, mine }: Loop): Promise<void> {
  while (!signal.aborted) {
    try {
      const now = clock()
      const checked = mine() && quiet.at(now) ? await checkDue(now) : null
      if (checked) log.debug(checked, 'loaded rules compared')
    } catch (error) {
      log.error({ err: error }, 'loaded rules could not be compared')
    }
    await wait(PAUSE, undefined, { signal }).catch(() => {})
  }
}
