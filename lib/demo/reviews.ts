import { DAY, HOUR, type Seconds } from '../time-series/units'

/** Reviews of the demo: one to be held now, one that is late, one that was held, one that fell out. Lengths count from when the demo is ready. */
type DemoAction = { title: string; service: string; owner: string | null; due: Seconds; done?: boolean }
export type DemoReview = {
  name: string
  scope: string
  rrule: 'weekly' | 'fortnightly'
  /** of the first occurrence, before now */
  first: Seconds
  timeZone: string
  held?: { before: Seconds; by: string; decisions: { service: string; text: string }[]; actions: DemoAction[] }
  skipped?: { before: Seconds; by: string; reason: string }
}

export const REVIEWS: DemoReview[] = [
  {
    ...{ name: 'Payments weekly', scope: 'team:payments', rrule: 'weekly', first: 14 * DAY + HOUR, timeZone: 'UTC' },
    held: {
      ...{ before: 7 * DAY + HOUR, by: 'sofia@demo.headroom.example' },
      decisions: [
        { service: 'checkout-api', text: 'No feature release of the checkout on Fridays until its budget is above a quarter' },
        { service: 'nightly-ledger', text: 'The ledger may be an hour late during the year-end run' },
      ],
      actions: [
        {
          ...{
            title: 'Move the checkout pool off the old node image',
            service: 'checkout-api',
            owner: 'emil@demo.headroom.example',
          },
          due: -2 * DAY,
        },
        {
          ...{ title: 'Alert on the queue before the nightly ledger starts', service: 'nightly-ledger', owner: null },
          due: 3 * DAY,
        },
        {
          ...{ title: 'Ask the card network for its maintenance windows', service: 'payment-gateway', done: true },
          ...{ owner: 'sofia@demo.headroom.example', due: -1 * DAY },
        },
      ],
    },
  },
  { name: 'Fulfilment weekly', scope: 'team:fulfilment', rrule: 'weekly', first: 10 * DAY, timeZone: 'Europe/Berlin' },
  {
    ...{ name: 'Search, every second week', scope: 'service:search-api', rrule: 'fortnightly', first: 2 * DAY, timeZone: 'UTC' },
    held: {
      ...{ before: 2 * DAY, by: 'pablo@demo.headroom.example' },
      decisions: [{ service: 'search-api', text: 'The objective for full answers stays as it is for this quarter' }],
      actions: [
        {
          ...{
            title: 'Measure how often the fallback index answers',
            service: 'search-api',
            owner: 'emil@demo.headroom.example',
          },
          due: 9 * DAY,
        },
      ],
    },
  },
  {
    ...{ name: 'Data weekly', scope: 'team:data', rrule: 'weekly', first: 3 * DAY, timeZone: 'UTC' },
    skipped: { before: 3 * DAY, by: 'ada@demo.headroom.example', reason: 'Half of the team is at the conference.' },
  },
]
