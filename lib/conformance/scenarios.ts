import { DAY, HOUR, MINUTE } from '../time-series/units'
import { gauge, type Pod, type Service, type Span, stream, within } from './counted'
import { ago, availability, END, is, type Scenario, scenario, selector, startOf, TROUBLES, troubled } from './scenario'

/** Every value of every dimension occurs, and what is hard occurs together; not every product of them. */
export const scenarios = (): Scenario[] => [...traffic(), ...counters(), ...collection(), ...definitions()]

const hourOf = (at: number) => (at % DAY) / HOUR
/** 100:1 between noon and midnight. */
const diurnal = (at: number) => 10 * 100 ** ((-1 + Math.cos(((hourOf(at) - 12) / 12) * Math.PI)) / 2)

const traffic = (): Scenario[] => [
  scenario({ slug: 'steady', about: 'the same all month', days: 30, target: 0.999 }),
  scenario(
    { slug: 'diurnal', about: '100:1 between noon and midnight; half of the nights fail', days: 90, target: 0.99 },
    { rate: diurnal, bad: (at) => (troubled(at) ? 0.1 : hourOf(at) < 2 ? 0.5 : 0.0002) },
  ),
  scenario(
    { slug: 'idle', about: 'nothing at night, in twenty minutes of three hours, and now', days: 28, target: 0.999 },
    { rate: (at) => (hourOf(at) < 6 || at % (3 * HOUR) < 20 * MINUTE || at > ago(12 * MINUTE) ? 0 : 5) },
  ),
  scenario({ slug: 'clean', about: 'no series of errors, ever', days: 7, target: 0.9999, fast: true }, { bad: () => 0 }),
  scenario(
    { slug: 'full-outage', about: 'everything fails', days: 1, target: 0.9 },
    { scrape: 15, bad: (at) => (troubled(at) ? 1 : 0) },
  ),
  scenario(
    {
      ...{ slug: 'first-errors', about: 'everything fails, right after a scrape, once a minute; none ever failed before' },
      ...{ days: 1, target: 0.9, spread: true },
    },
    { scrape: 60, grain: 1, offset: () => -1, bad: (at) => (troubled(at) ? 1 : 0) },
  ),
  scenario(
    { slug: 'slow-burn', about: '1 % for three days', days: 7, target: 0.999 },
    { scrape: 30, bad: (at) => (at > ago(3 * DAY) ? 0.01 : 0.0001) },
  ),
  scenario(
    { slug: 'one-a-minute', about: 'one request a minute, a single error', days: 1, target: 0.9999 },
    { pods: [{ name: 'a' }], rate: () => 1 / 60, bad: (at) => (at === ago(72 * MINUTE) ? 1 : 0) },
  ),
]

/** Every hour two new pods; the old ones go. */
const deployed = (days: number): Pod[] =>
  Array.from({ length: days * 24 + 8 }, (_, i) => startOf(days) + i * HOUR).flatMap((at, i) =>
    // The last scrape of a pod is long enough before the minute ends: there is nothing to read of it then.
    ['a', 'b'].map((name) => ({ name: `${name}-${i}`, runs: [at + 45, at + HOUR + 45] as Span })),
  )
const restarting = (name: string, every: number, off: number): Pod => ({
  name,
  restarts: Array.from({ length: 60 }, (_, i) => startOf(7) + off + i * every),
})

const counters = (): Scenario[] => [
  scenario(
    { slug: 'born', about: 'a pod whose first scrape shows fifty errors', days: 1, target: 0.9999 },
    {
      scrape: 30,
      grain: 10,
      bad: (at, pod) => (pod === 'b' && at > ago(70 * MINUTE + 20) && at <= ago(70 * MINUTE + 10) ? 1 : 0),
    },
  ),
  scenario(
    { slug: 'resets', about: 'pods begin anew between scrapes, one within trouble', days: 7, target: 0.99 },
    { scrape: 15, grain: 5, pods: [restarting('a', 6 * HOUR, 3605), restarting('b', 5 * HOUR, 1805)] },
  ),
  scenario(
    { slug: 'churn', about: 'new pods every hour: births and deaths of every series', days: 2, target: 0.999 },
    { scrape: 15, grain: 5, pods: deployed(2) },
  ),
  scenario(
    { slug: 'label-restart', about: 'pods come back with one more label', days: 2, target: 0.99 },
    { scrape: 30, renamed: { at: ago(26 * HOUR), name: (key) => `${key},version="2"`, carriesOn: false } },
  ),
  scenario(
    { slug: 'label-carried', about: 'series are relabelled and go on where they stood', days: 2, target: 0.999 },
    { scrape: 30, renamed: { at: ago(26 * HOUR), name: (key) => `${key},cluster="x"`, carriesOn: true } },
  ),
]

const GAPS: Pod[] = [
  {
    name: 'a',
    unscraped: [
      [ago(95 * MINUTE), ago(85 * MINUTE)],
      [ago(180 * MINUTE), ago(172 * MINUTE)],
      [ago(30 * HOUR), ago(29 * HOUR + 15 * MINUTE)],
    ],
  },
  { name: 'b', unscraped: [[ago(180 * MINUTE), ago(172 * MINUTE)]] },
]
/** Pods are scraped out of step, a second early or late. */
const jitter = (pod: number, scrape: number) => -1 - pod * 4 + (((scrape * 7 + pod * 3) % 3) - 1)

const collection = (): Scenario[] => [
  scenario(
    { slug: 'scrape-gaps', about: 'ten minutes of one pod, eight of all, 45 of one', days: 2, target: 0.999 },
    { scrape: 15, pods: GAPS },
  ),
  scenario(
    { slug: 'jitter', about: 'scrapes out of step, pods begin anew', days: 7, target: 0.99, spread: true, fast: true },
    {
      scrape: 15,
      grain: 1,
      pods: [restarting('a', 9 * HOUR, 777), restarting('b', 11 * HOUR, 4242), { name: 'c' }],
      offset: jitter,
    },
  ),
  scenario(
    {
      ...{ slug: 'rule-outage', about: 'no rules for 42 minutes, 30 % fail meanwhile', days: 30, target: 0.999 },
      // It begins and ends between two whole five and twenty minutes.
      ruleOutages: [[ago(183 * MINUTE), ago(141 * MINUTE)]],
    },
    { bad: (at) => (at > ago(175 * MINUTE) && at <= ago(150 * MINUTE) ? 0.3 : 0.0005) },
  ),
  scenario(
    {
      ...{ slug: 'rule-outage-churn', about: 'no rules for 11 minutes while pods come and go', days: 2, target: 0.99 },
      // Two whole five minutes pass meanwhile, and no whole twenty.
      ruleOutages: [[ago(20 * HOUR + 17 * MINUTE), ago(20 * HOUR + 6 * MINUTE)]],
    },
    { scrape: 15, grain: 5, pods: deployed(2) },
  ),
  ...holes(),
]

type Holes = { slug: string; about: string; minutes: string[]; made?: Pick<Service, 'scrape' | 'grain' | 'offset'> }
/** A window of every length begins within one of these holes of the rules, at one instant or another. */
const HOLES: Holes[] = [
  { slug: 'rule-outages-long', about: 'no rules for 46 and for 38 minutes', minutes: ['398–352', '140–102'] },
  {
    ...{ slug: 'rule-outages-close', about: 'no rules for 18 and 15 minutes of one hour, and for one' },
    minutes: ['612–594', '575–560', '370–310'],
  },
  {
    ...{
      slug: 'rule-outages-overlap',
      about: 'an hour reaches from one hole of the rules into the next, and from end to end of two',
    },
    minutes: ['521–476', '457–431', '225–222', '165–162', '105–102'],
  },
  {
    ...{ slug: 'rule-outages-unaligned', about: 'no rules for 38 minutes; scrapes stand between minutes' },
    ...{ minutes: ['140–102'], made: { scrape: 30, grain: 10, offset: () => -10 } },
  },
  { slug: 'rule-outages-old', about: 'no rules for 36 minutes two days ago, 18 yesterday', minutes: ['2935–2899', '1500–1482'] },
]
const spansOf = (minutes: string[]): Span[] =>
  minutes.map((span) => span.split('–').map((minute) => ago(Number(minute) * MINUTE)) as unknown as Span)
/** Neither what happens in a hole nor what fails of it is spread evenly. Windows of the portal begin on whole five minutes: nothing fails there. */
const FAILING: Span[] = [
  ...spansOf(['2934–2931', '2925–2905']),
  ...spansOf(Array.from({ length: 170 }, (_, i) => `${16 * i + 5}–${16 * i}`)),
]

const holes = (): Scenario[] =>
  HOLES.map(({ minutes, made, ...told }) =>
    scenario(
      { ...told, days: 2, target: 0.99, ruleOutages: spansOf(minutes), spread: made !== undefined },
      {
        rate: (at) => 4 + Math.sin(at / 700),
        bad: (at) => (FAILING.some((span) => within(span, at)) ? 0.2 : 0.001),
        ...made,
      },
    ),
  )

/** A histogram of three buckets; its whole bound is written another way from `at` on, as Prometheus 3 does. */
const histogram = (total: number, bad: number) => ({
  'latency_seconds_bucket{le="0.3"': total - bad - Math.floor((total - bad) / 9),
  'latency_seconds_bucket{le="1"': total - bad,
  'latency_seconds_bucket{le="+Inf"': total,
  'latency_seconds_count{unit="s"': total,
})

const definitions = (): Scenario[] => [
  scenario(
    {
      slug: 'slo-label',
      about: 'the SLO itself has one more label since yesterday',
      days: 7,
      target: 0.999,
      relabelled: ago(DAY),
    },
    { scrape: 60 },
  ),
  scenario(
    {
      ...{ slug: 'bound', about: 'le="1" becomes le="1.0"', days: 2, target: 0.99 },
      indicator: { kind: 'latency', histogram: selector('latency_seconds', 'bound'), thresholdSeconds: 1 },
    },
    {
      ...{ scrape: 30, exposes: histogram },
      renamed: { at: ago(27 * HOUR), name: (key) => key.replace('le="1"', 'le="1.0"'), carriesOn: true },
    },
  ),
  ...[1, 28].map(
    (days): Scenario => ({
      ...{
        slug: `gauge-${days}`,
        about: 'a boolean gauge whose scrapes are missed',
        days,
        target: days === 1 ? 0.999 : 0.9,
        fast: days === 1,
      },
      ...{
        scrape: days === 1 ? 15 : 60,
        spread: false,
        indicator: { kind: 'boolean', series: selector('probe_success', `gauge-${days}`) },
      },
      made: () =>
        gauge(`gauge-${days}`, {
          ...{ from: startOf(days), to: END, scrape: days === 1 ? 15 : 60, down: troubled },
          missed: [...MISSED, ...TROUBLES.map(([after]): Span => [after + 300, after + 345])],
        }),
    }),
  ),
  {
    ...{ slug: 'stream', about: 'a stream that trickles in trouble, and whose scrapes are missed', days: 1, target: 0.99 },
    ...{ fast: true, scrape: 15, spread: false },
    indicator: { kind: 'throughput', events: selector('requests_total', 'stream'), floorPerSecond: 2 },
    made: () =>
      stream(
        {
          ...{ world: 'stream', from: startOf(1), to: END, grain: 15, scrape: 15 },
          pods: [{ name: 'a', unscraped: MISSED }],
          ...{ rate: (at) => (troubled(at) ? 1 : 5), bad: () => 0 },
        },
        2,
      ),
  },
  scenario(
    { slug: 'idle-group', about: 'two regions are added up, one of them idle', days: 2, target: 0.999 },
    {
      scrape: 30,
      exposes: (total, bad) => ({
        'requests_total{region="eu",code="200"': total - bad,
        ...(bad > 0 && { 'requests_total{region="eu",code="500"': bad }),
        'requests_total{region="us",code="200"': 0,
        'requests_total{region="us",code="500"': 0,
      }),
    },
  ),
  scenario(
    {
      ...{ slug: 'not-404', about: 'total by code!="404", failures by code=~"5.."', days: 28, target: 0.9999 },
      indicator: availability('not-404', is('code', '404', '!=')),
    },
    {
      exposes: (total, bad) => ({
        'requests_total{code="200"': total - bad,
        ...(bad > 0 && { 'requests_total{code="503"': bad }),
        'requests_total{code="404"': 3 * total,
      }),
    },
  ),
]

const MISSED: Span[] = [
  [ago(200 * MINUTE), ago(197 * MINUTE)],
  [ago(100 * MINUTE + 30), ago(100 * MINUTE)],
  [ago(20 * HOUR), ago(19 * HOUR)],
]
