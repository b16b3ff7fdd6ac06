import { z } from 'zod'
import { lengthText } from '../format-time'
import { type AlertPair, budgetShareOf, shortOf, thresholdOf } from '../slo/alert-pair'
import { LOOKBACKS } from '../slo/lookback'
import { DAY, type Seconds } from '../time-series/units'

/** When to alert: what people choose. What it comes to for one SLO are its `AlertPair`s. */

const MEASURED: Seconds[] = Object.values(LOOKBACKS)
const NOT_MEASURED = `Choose one of the windows that are measured: ${MEASURED.map(lengthText).join(', ')}.`
const lookback = z.number({ error: NOT_MEASURED }).refine((length) => MEASURED.includes(length), { error: NOT_MEASURED })

const seconds = (what: string) =>
  z
    .number({ error: `Write ${what} as a number of seconds.` })
    .int({ error: `Write ${what} in whole seconds.` })
    .min(0, { error: `${what[0]?.toUpperCase()}${what.slice(1)} is 0 s or more.` })
    .max(DAY, { error: `${what[0]?.toUpperCase()}${what.slice(1)} is at most a day.` })
const guard = (what: string) =>
  z
    .number({ error: `Write ${what} as a number.` })
    .int({ error: `Write ${what} as a whole number.` })
    .min(0, { error: `${what[0]?.toUpperCase()}${what.slice(1)} is 0 or more.` })
    .max(1_000_000_000)

/** As a share of the window's budget, which suits windows of any length, or as a burn rate. */
const THRESHOLD = { error: 'Say the threshold as a share of the budget, between 0 and 1, or as a burn rate above 0.' }
const between = (most: number) => z.number(THRESHOLD).gt(0, THRESHOLD).max(most, THRESHOLD)
const thresholdSchema = z.union(
  [z.object({ share: between(1) }).strict(), z.object({ burn: between(1_000_000) }).strict()],
  THRESHOLD,
)

const pairSchema = z
  .object({
    long: lookback,
    /** absent: the one that fits the long window and how often the source is scraped */
    short: lookback.optional(),
    severity: z.enum(['page', 'ticket'], { error: 'The severity is page or ticket.' }),
    at: thresholdSchema,
    minFailures: guard('the least number of bad events').default(0),
    minEvents: guard('the least number of events').default(0),
    for: seconds('how long it has to hold').default(0),
  })
  .refine(({ long, short }) => long !== short, { path: ['short'], error: 'The two windows differ. Choose a shorter one.' })
  .refine(({ long, short }) => short !== undefined || long > LOOKBACKS.m5, {
    path: ['long'],
    error: 'There is no shorter window than 5 min. Choose a longer one.',
  })
  // Written the wrong way round it is still plain what was meant: `policyWarnings` says so.
  .transform(({ long, short, ...pair }) =>
    short !== undefined && short > long ? { long: short, short: long, ...pair } : { long, short, ...pair },
  )

export const alertPolicySchema = z
  .object({
    /** none: the preset that switches alerts off */
    pairs: z.array(pairSchema).max(8, { error: 'A policy has at most eight pairs of windows.' }),
    /** an alert has ended once its condition was gone this long */
    keepFiring: seconds('how long it has to be gone').default(120),
    /** share of the threshold below which a firing alert's condition is gone */
    clearBelow: z
      .number({ error: 'Write it as a share of the threshold.' })
      .gt(0, { error: 'It is more than 0.' })
      .max(1, { error: 'It is at most 1, the threshold itself.' })
      .default(1),
    /** a page of a service that it needs mutes it */
    suppressByDependency: z.boolean().default(true),
    silenceInMaintenance: z.boolean().default(true),
  })
  .superRefine(({ pairs }, context) => {
    for (const [index, { long }] of pairs.entries())
      if (pairs.findIndex((pair) => pair.long === long) < index)
        context.addIssue({
          code: 'custom',
          path: ['pairs', index, 'long'],
          message: `There is a pair over ${lengthText(long)} already. Each long window is used once.`,
        })
  })
export type AlertPolicy = z.output<typeof alertPolicySchema>

const written = z.object({ pairs: z.array(z.looseObject({ long: z.number(), short: z.number().optional() })) })

/** What was put right silently would surprise somebody later. Sentences about settings as they were written. */
export function policyWarnings(settings: unknown): string[] {
  const { data } = written.safeParse(settings)
  return (data?.pairs ?? []).flatMap(({ long, short }) =>
    short !== undefined && short > long
      ? [`${lengthText(long)} and ${lengthText(short)} were the wrong way round: the longer one is the long window.`]
      : [],
  )
}

export type Assumed = {
  /** of the source */
  scrape?: Seconds
  /** slices are counted, not events: each speaks for many events, and counting bad ones would only delay an alert */
  sliced?: boolean
}

/** The pairs of a policy for a window of this length. */
export const alertPairs = (policy: AlertPolicy, window: Seconds, { scrape = 15, sliced = false }: Assumed = {}): AlertPair[] =>
  policy.pairs.map(({ long, short, severity, at, minFailures, minEvents, for: hold }) => ({
    long,
    short: short ?? shortOf(long, scrape),
    severity,
    budgetShare: 'share' in at ? at.share : budgetShareOf(at.burn, window, long),
    threshold: 'share' in at ? thresholdOf(at.share, window, long) : at.burn,
    minFailures: sliced ? 0 : minFailures,
    minEvents: sliced ? 0 : minEvents,
    for: hold,
  }))
