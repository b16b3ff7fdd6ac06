import type { TestSeries } from '../prometheus/test-blocks'
import type { Indicator, Matcher, Selector } from '../slo/indicator'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { type Counted, counted, type Pod, type Service, type Span, type Truth, within } from './counted'

/** One SLO over one made world whose events were counted. */
export type Scenario = {
  slug: string
  /** what is hard about it */
  about: string
  target: number
  days: number
  indicator: Indicator
  /** part of `npm test` */
  fast: boolean
  /** seconds between scrapes; `spread`: they do not stand on whole multiples, so the newest events are not seen yet */
  scrape: number
  spread: boolean
  /** when no rules were evaluated, in order */
  ruleOutages?: Span[]
  /** from when on the SLO has one more label */
  relabelled?: number
  made: () => { series: TestSeries[]; truth: Truth }
}

/** The newest instant of all worlds. */
export const END = Date.UTC(2026, 2, 12, 12) / 1000
/** Worlds begin this much before the window of the first instant. */
const MARGIN = 8 * HOUR
export const TROUBLES: Span[] = [
  [END - 5 * HOUR, END - 4 * HOUR],
  [END - 90 * MINUTE, END - 50 * MINUTE],
]
/** In the middle and at the end of trouble, long after it, at whole five minutes and between them. */
export const INSTANTS = [270, 240, 236, 70, 47, 0].map((minutes) => END - minutes * MINUTE)

export const troubled = (at: number): boolean => TROUBLES.some((span) => within(span, at))
export const ago = (seconds: number): number => END - seconds
export const startOf = (days: number): number => END - days * DAY - MARGIN

const matcher = (label: string, value: string, op: Matcher['op'] = '='): Matcher => ({ label, op, value })
export const selector = (metric: string, world: string, ...more: Matcher[]): Selector => ({
  metric,
  matchers: [matcher('world', world), ...more],
})
export const is = matcher

/** Answers without an error of the server, of all or of those that `more` leaves. */
export const availability = (world: string, ...more: Matcher[]): Indicator => ({
  kind: 'availability',
  requests: selector('requests_total', world, ...more),
  failed: [matcher('code', '5..', '=~')],
})

type Made = Partial<Omit<Service, 'world' | 'from' | 'to'>>
type Told = Pick<Scenario, 'slug' | 'about' | 'target' | 'days'> &
  Partial<Pick<Scenario, 'indicator' | 'fast' | 'spread' | 'ruleOutages' | 'relabelled'>>

/** Two pods of five requests a second each; 0.05 % fail, and a fifth in trouble. */
export function scenario(told: Told, made: Made = {}): Scenario {
  const { slug, days } = told
  const scrape = made.scrape ?? 60
  return {
    ...{ indicator: availability(slug), fast: days <= 2, spread: false, scrape },
    ...told,
    made: () =>
      counted({
        ...{ world: slug, from: startOf(days), to: END, grain: scrape, scrape, pods: PODS },
        ...{ rate: () => 5, bad: (at) => (troubled(at) ? 0.2 : 0.0005) },
        ...made,
      }),
  }
}

export const PODS: Pod[] = [{ name: 'a' }, { name: 'b' }]

/** Everything that a reader of scrapes could have seen: events up to the newest scrape, or up to now. */
export function seen({ spread, scrape }: Scenario, truth: Truth, [from, to]: Span): Counted[] {
  if (!spread) return [truth(from, to)]
  return [0, scrape].flatMap((early) => [0, scrape].map((late) => truth(from - early, to - late)))
}
