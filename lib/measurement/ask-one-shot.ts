import { isSliced, oneShotOf } from '../slo/one-shot'
import { DAY, floorTo, HOUR, type UnixSeconds } from '../time-series/units'
import type { Measured, Source } from './measure'

/** `from` lies later than asked when the source took too long; `queries` are those of the newest part. */
export type Asked = { from: UnixSeconds; good: number; total: number; queries: string[]; parts: number }

/** Time for all parts together: whoever waits for the answer waits that long. */
const PATIENCE_MS = 45_000

/**
 * Asks for good and total of a stretch in the words a person would use. Events: one question over all of it. Slices: a
 * subquery of minutes a day, newest first, added up, because a month of minutes is more than one question may ask.
 */
export async function askOneShot(
  { client, dialect }: Source,
  { plan, accounting }: Omit<Measured, 'id'>,
  { from, to }: { from: UnixSeconds; to: UnixSeconds },
): Promise<Asked> {
  const started = performance.now()
  const asked: Asked = { from: to, good: 0, total: 0, queries: [], parts: 0 }
  const ask = async (promql: string, at: UnixSeconds) => (await client.instant(promql, at))[0]?.value ?? 0
  while (asked.from > from && (asked.parts === 0 || performance.now() - started < PATIENCE_MS)) {
    const end = asked.from
    const start = isSliced(plan, accounting) ? Math.max(from, floorTo(end - DAY, HOUR)) : from
    const question = oneShotOf(plan, accounting, end - start, dialect)
    const queries =
      question.shape === 'slices' ? [question.meanQuery, question.countQuery] : [question.partQuery, question.totalQuery]
    const [first, total] = [await ask(queries[0] as string, end), await ask(queries[1] as string, end)]
    const good = question.shape === 'slices' ? first * total : question.part === 'good' ? first : total - first
    if (asked.parts === 0) asked.queries = queries
    asked.good += good
    asked.total += total
    asked.parts += 1
    asked.from = start
  }
  return asked
}
