import type { AlertPolicy } from '../alert/alert-policy'
import { TWO_TIER, WORKBOOK } from '../alert/presets'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { type Pair, twoTiers, workbook } from './alert-truth'
import { counted, type Service, type Span, within } from './counted'
import { availability, PODS, type Scenario } from './scenario'

export type AlertScenario = Scenario & {
  begins: number
  pairs: Pair[]
  policy: AlertPolicy
  /** minutes from the trouble on that rules are judged; all has ended by then */
  until: number
  /** nothing is scraped then */
  absent?: Span
}

/** When trouble begins, everywhere. */
export const TROUBLE = Date.UTC(2026, 3, 14, 9) / 1000
/** Alerts are judged from just before it, until the slowest has ended. */
export const JUDGED: Span = [TROUBLE - 5 * MINUTE, TROUBLE + 8 * HOUR + 15 * MINUTE]

type Told = Pick<AlertScenario, 'slug' | 'about' | 'until'> &
  Partial<Pick<AlertScenario, 'target' | 'days' | 'absent' | 'fast'>> & { history?: number; tiers?: boolean }

function scenario({ history = 6.5 * HOUR, tiers, absent, ...told }: Told, made: Partial<Service>): AlertScenario {
  const { slug, target = 0.999, days = 30 } = told
  const begins = TROUBLE - history
  const pods = PODS.map((pod) => ({ ...pod, unscraped: absent ? [absent] : [] }))
  return {
    ...{ fast: false, spread: false, scrape: 60, indicator: availability(slug), target, days, begins, absent },
    ...told,
    pairs: tiers ? twoTiers : workbook(days),
    policy: tiers ? TWO_TIER.settings : WORKBOOK.settings,
    made: () =>
      counted({
        ...{ world: slug, from: begins, to: JUDGED[1], grain: 60, scrape: 60, pods, rate: () => 5, bad: () => 0 },
        ...made,
      }),
  }
}

/** A share of bad events from `after` to `until` minutes into the trouble. */
const failing =
  (share: number, until: number, after = 0) =>
  (at: number) =>
    within([TROUBLE + after * MINUTE, TROUBLE + until * MINUTE], at) ? share : 0

export const alertScenarios = (): AlertScenario[] => [
  scenario({ slug: 'outage', until: 60, fast: true, about: 'everything fails for ten minutes' }, { bad: failing(1, 10) }),
  scenario({ slug: 'fifteen', until: 110, about: '15 % for an hour' }, { bad: failing(0.15, 60) }),
  scenario({ slug: 'slow', until: 330, about: '1 % for five hours: the long page alone' }, { bad: failing(0.01, 300) }),
  scenario({ slug: 'below', until: 380, about: '0.5 % for six hours: nobody is woken' }, { bad: failing(0.005, 360) }),
  scenario(
    { slug: 'one-error', until: 60, fast: true, about: 'one error at one request a minute' },
    { pods: [{ name: 'a' }], rate: () => 1 / 60, bad: failing(1, 31, 30) },
  ),
  scenario(
    { slug: 'new-errors', until: 60, fast: true, about: 'a series of errors is born in the outage, while pods begin anew' },
    {
      ...{ pods: PODS.map(({ name }) => ({ name, restarts: [TROUBLE, TROUBLE + 7 * MINUTE] })), scrape: 60 },
      bad: failing(0.5, 12),
    },
  ),
  scenario(
    {
      ...{ slug: 'blind', until: 300, about: 'data are absent for two hours while it fires', history: 30 * HOUR },
      absent: [TROUBLE + 20 * MINUTE, TROUBLE + 140 * MINUTE],
    },
    { bad: failing(0.5, 160) },
  ),
  scenario(
    { slug: 'low-target', until: 110, about: '90 % over seven days: some pairs can never fire', target: 0.9, days: 7 },
    { bad: failing(1, 60) },
  ),
  scenario({ slug: 'strict', until: 90, about: '99.99 % over 90 days', target: 0.9999, days: 90 }, { bad: failing(0.02, 40) }),
  scenario({ slug: 'two-tiers', until: 90, about: 'both wait before they fire', tiers: true }, { bad: failing(0.1, 40) }),
  scenario(
    { slug: 'flapping', until: 140, about: 'two minutes of every four', tiers: true },
    {
      bad: (at) => (failing(1, 90)(at) && (at - TROUBLE - 1) % 240 < 120 ? 0.4 : 0),
    },
  ),
  scenario(
    { slug: 'tickets', until: 495, about: '5 % for two hours, after three days: all four', history: 4 * DAY },
    { bad: failing(0.05, 120) },
  ),
  scenario(
    { slug: 'diurnal-tickets', until: 495, about: 'the same at night, at a hundredth of the traffic', history: 4 * DAY },
    {
      rate: (at) => 10 * 100 ** ((-1 + Math.cos(((at % DAY) / DAY) * 2 * Math.PI + Math.PI)) / 2),
      bad: failing(0.3, 120),
    },
  ),
]
