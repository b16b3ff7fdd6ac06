import type { IncidentView } from './incident'

/** 2026-07-15T12:00Z */
const NOON = Date.UTC(2026, 6, 15, 12) / 1000
const SHOP = { slug: 'shop', name: 'Shop' }

/** A resolved incident with everything in it, for what is written about incidents. */
export const written = (more: Partial<IncidentView> = {}): IncidentView => {
  const [startedAt, detectedAt, acknowledgedAt] = [NOON, NOON + 125, NOON + 300]
  const cost = { sloId: 7, name: 'Orders placed', service: SHOP, unit: 'events' as const, final: true }
  const figures = { at: NOON + 3_600, bad: 1_234, share: 0.0911, minutes: 3.9355 }
  const resolved = { share: 0.123, because: [3] }
  return {
    ...{
      id: 12,
      version: 5,
      title: 'Orders *fail*',
      summary: 'Cards | wallets.',
      severity: 'sev1',
      status: 'resolved',
      origin: 'alert',
    },
    ...{ startedAt, detectedAt, acknowledgedAt, mitigatedAt: NOON + 2_700, resolvedAt: NOON + 3_600, reviewedAt: null },
    ...{
      falsePositive: false,
      services: [SHOP],
      commander: { id: 'e', name: 'Emil' },
      needsRetrospective: false,
      openedBy: 'Headroom',
    },
    worst: { sloId: 7, name: 'Orders placed', share: 0.0911 },
    impacts: [{ id: 1, ...cost, from: NOON, to: NOON + 2_700, claimedBy: null, figures, resolved }],
    costs: [{ ...cost, figures, resolved }],
    ...{ alerts: [], incoming: [], releases: [], unknown: [], correction: null, missing: [] },
    suspected: { id: 4, service: 'Shop', version: '1.2', releasedAt: NOON - 600, link: '' },
    events: [
      { id: '1', at: NOON + 125, kind: 'opened', text: 'Opened by a page.', author: 'Headroom' },
      { id: '2', at: NOON + 400, kind: 'note', text: 'Rolled\nback.', author: 'Emil' },
    ],
    ...{
      rootCause: 'A lock.\n\nHeld too long.',
      contributing: ['No limit'],
      wentWell: 'The page.',
      wentBadly: '',
      retrospectiveAt: null,
    },
    actions: [
      { id: 1, version: 1, title: 'Limit it', owner: { id: 'e', name: 'Emil' }, dueOn: '2026-08-01', doneAt: NOON },
      { id: 2, version: 1, title: 'Watch it', owner: null, dueOn: null, doneAt: null },
    ],
    may: { run: true, verbs: ['reopen'] },
    ...more,
  }
}
