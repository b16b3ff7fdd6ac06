import { DAY, HOUR, MINUTE, type Seconds, type UnixSeconds } from '../time-series/units'
import { chance, keyOf } from './chance'
import { deploysBetween } from './recorder'

/** What people wrote down about the troubles of the demo. Everything counts from the anchor. */
export type DemoIncident = {
  title: string
  summary: string
  severity: 'sev1' | 'sev2' | 'sev3' | 'sev4'
  service: string
  /** service/slug */
  slos: string[]
  before: Seconds
  lasts: Seconds
  detectedAfter: Seconds
  acknowledgedAfter: Seconds
  reviewed: boolean
  commander: string
  rootCause: string
  contributing: string[]
  wentWell: string
  wentBadly: string
  notes: { after: Seconds; text: string }[]
  actions: { title: string; owner: string; dueIn: Seconds; done: boolean }[]
}

const EMIL = 'emil@demo.headroom.example'
const SOFIA = 'sofia@demo.headroom.example'

export const INCIDENTS: DemoIncident[] = [
  {
    title: 'Nobody could sign in',
    summary: 'Every sign-in was refused for twelve minutes; carts and pages of people who were signed in failed with it.',
    severity: 'sev1',
    service: 'identity-api',
    slos: ['identity-api/sign-ins-served'],
    ...{ before: 6 * DAY, lasts: 12 * MINUTE, detectedAfter: MINUTE, acknowledgedAfter: 3 * MINUTE, reviewed: true },
    commander: EMIL,
    rootCause: 'The signing certificate ended at midnight. Its renewal had failed for a week, into a mailbox that nobody reads.',
    contributing: [
      'The renewal job ends with success when the authority refuses it.',
      'Two services keep no session of their own.',
    ],
    wentWell: 'The page came within a minute, and the runbook named the certificate first.',
    wentBadly: 'The store page showed a blank error for four minutes before the maintenance page was switched on.',
    notes: [
      { after: 4 * MINUTE, text: 'Tokens are refused: the certificate ended at 00:00.' },
      { after: 9 * MINUTE, text: 'A new certificate is issued and rolled out to the first pods.' },
    ],
    actions: [
      { title: 'Alert on certificates that end within 14 days', owner: EMIL, dueIn: -2 * DAY, done: true },
      { title: 'Let carts work for ten minutes without identity', owner: SOFIA, dueIn: 12 * DAY, done: false },
    ],
  },
  {
    title: 'Carrier gave no quotes',
    summary:
      'The carrier took its interface away without notice; two in three quotes failed until the fallback price list was on.',
    severity: 'sev2',
    service: 'shipping-quotes',
    slos: ['shipping-quotes/quotes-given'],
    ...{ before: 5 * DAY, lasts: 5 * HOUR, detectedAfter: 4 * MINUTE, acknowledgedAfter: 11 * MINUTE, reviewed: false },
    commander: SOFIA,
    rootCause: 'An outage at the carrier. Our fallback has to be switched on by hand.',
    contributing: ['The carrier has no status page.'],
    wentWell: '',
    wentBadly: 'It took more than four hours until somebody who may change the price list was found.',
    notes: [{ after: 40 * MINUTE, text: 'The carrier confirms an outage; no time is given.' }],
    actions: [{ title: 'Switch to the price list by itself after five minutes', owner: EMIL, dueIn: 5 * DAY, done: false }],
  },
  // Older than every window: what reports of past months speak of.
  {
    title: 'Carrier gave no quotes',
    summary: 'The interface of the carrier was away for five hours; two in three quotes failed.',
    severity: 'sev2',
    service: 'shipping-quotes',
    slos: ['shipping-quotes/quotes-given'],
    ...{ before: 33 * DAY, lasts: 5 * HOUR, detectedAfter: 6 * MINUTE, acknowledgedAfter: 20 * MINUTE, reviewed: false },
    commander: EMIL,
    rootCause: 'An outage at the carrier, the second one this quarter.',
    contributing: ['There is one carrier only.'],
    wentWell: '',
    wentBadly: '',
    notes: [{ after: 2 * HOUR, text: 'The carrier works on it; the fallback price list is not approved yet.' }],
    actions: [{ title: 'Have the fallback price list approved', owner: SOFIA, dueIn: -31 * DAY, done: false }],
  },
  {
    title: 'Sign-ins refused after a change of keys',
    summary: 'The new key reached half of the pods; every second sign-in failed until the others were restarted.',
    severity: 'sev2',
    service: 'identity-api',
    slos: ['identity-api/sign-ins-served'],
    ...{ before: 41 * DAY, lasts: 12 * MINUTE, detectedAfter: 2 * MINUTE, acknowledgedAfter: 4 * MINUTE, reviewed: true },
    commander: EMIL,
    rootCause: 'Pods read the key at their start only.',
    contributing: ['The change was made by hand.'],
    wentWell: 'Whoever changed the key saw the page and restarted the pods at once.',
    wentBadly: 'Nothing compared the keys of the pods.',
    notes: [{ after: 3 * MINUTE, text: 'Half of the pods still sign with the old key.' }],
    actions: [{ title: 'Read keys again every minute', owner: EMIL, dueIn: -37 * DAY, done: true }],
  },
]

export type DemoRelease = { service: string; version: string; at: UnixSeconds; description: string }

const WORDS = [
  'Dependencies and small fixes',
  'Faster start',
  'New log fields',
  'Clean-up of old flags',
  'Texts and translations',
]

/** Releases are when counters of a service begin anew, and the one that made product pages slow. */
export function releasesOf(services: string[], anchor: UnixSeconds): DemoRelease[] {
  const regular = services.flatMap((service) =>
    deploysBetween(service, anchor - 60 * DAY, anchor).map(
      ({ at, number }): DemoRelease => ({
        ...{ service, at, version: `${1 + Math.floor(4 * chance(keyOf(service), 1))}.${number % 100}.0` },
        description: WORDS[Math.floor(chance(keyOf(service), at) * WORDS.length)] ?? '',
      }),
    ),
  )
  const slow: DemoRelease = {
    ...{ service: 'storefront-web', version: '7.3.0', at: anchor - 4 * DAY },
    description: 'New gallery on product pages',
  }
  return [...regular, slow].sort((a, b) => a.at - b.at)
}
