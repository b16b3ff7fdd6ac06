import type { ObjectiveMonth, ReportIncident, ServiceReport } from '../document'
import { at, cause, days, figures, head, INCIDENTS, JUNE, objective } from './objective-fixture'

const SUCCEED = 151_332_000
const SLOW = 151_181_400
const PRICE = 51_232_000

const objectives = (): ObjectiveMonth[] => [
  objective({
    id: 1,
    name: 'Requests succeed',
    target: 0.999,
    bad: 99_360,
    total: SUCCEED,
    versions: [
      { version: 6, from: JUNE.from, changes: [] },
      { version: 7, from: at(2, 9), changes: ['Good answers no longer include 499'] },
    ],
    days: days(0.005, { 6: 0.3131, 28: 0.1961 }),
    causes: [
      cause('incident', 46_717, 46_717 / 151_332, INCIDENTS.card),
      cause('incident', 28_932, 28_932 / 151_332, INCIDENTS.timeouts),
      cause('unexplained', 23_711, 23_711 / 151_332),
    ],
    months: figures(0.999, [
      0.99951,
      0.99934,
      0.99962,
      0.99931,
      0.99945,
      0.99971,
      0.99962,
      0.99951,
      0.99884,
      0.99941,
      0.99957,
      1 - 99_360 / SUCCEED,
    ]),
  }),
  objective({
    id: 2,
    name: 'Answers within 400 ms',
    target: 0.99,
    bad: 1_971_359,
    total: SLOW,
    days: days(0.013, { 10: 0.841, 28: 0.068 }),
    causes: [
      cause('incident', 1_262_318, 1_262_318 / 1_511_814, INCIDENTS.index),
      cause('incident', 84_200, 84_200 / 1_511_814, INCIDENTS.timeouts),
      cause('unexplained', 624_841, 624_841 / 1_511_814),
    ],
    months: figures(0.99, [
      0.9931,
      0.9939,
      0.9942,
      0.9937,
      0.9905,
      0.9881,
      0.9941,
      0.9937,
      0.9933,
      0.9928,
      0.9919,
      1 - 1_971_359 / SLOW,
    ]),
    quantiles: { current: { p50: 0.088, p95: 0.274, p99: 0.486 }, previous: { p50: 0.084, p95: 0.231, p99: 1.2372 } },
  }),
  objective({
    id: 3,
    name: 'Price shown is price charged',
    target: 0.9995,
    bad: 5_252,
    total: PRICE,
    days: days(0.0068, { 17: null }),
    months: figures(0.9995, [
      null,
      0.99992,
      0.9999,
      0.99989,
      0.99991,
      0.99992,
      0.99991,
      0.99992,
      0.9999,
      0.99989,
      0.9999,
      1 - 5_252 / PRICE,
    ]),
  }),
]

export const incidents = (): ReportIncident[] => [
  {
    ...{ id: 398, title: 'Card validation outage', severity: 'sev2', status: 'reviewed' },
    ...{ from: at(6, 13), to: at(6, 15), detectionSeconds: 240 },
    rootCause: 'The card validator refused certificates after its clock had stepped back; every new card was turned away.',
    costs: [{ sloId: 1, name: 'Requests succeed', share: 46_717 / 151_332 }],
    retrospective: 'done',
    actions: [{ title: 'Alert on clock steps of validators', owner: 'Payments', due: '2026-07-10', done: true }],
  },
  {
    ...{ id: 401, title: 'Slow index on orders table', severity: 'sev3', status: 'resolved' },
    ...{ from: at(10, 7, 30), to: at(10, 18, 10), detectionSeconds: 1500 },
    rootCause: 'A migration dropped the index that the order history reads. Answers stayed correct and became slow.',
    costs: [{ sloId: 2, name: 'Answers within 400 ms', share: 1_262_318 / 1_511_814 }],
    retrospective: 'due',
    actions: [{ title: 'Add the missing index check to migrations', owner: 'Payments', due: '2026-07-24', done: false }],
  },
  {
    ...{ id: 412, title: 'Payment timeouts', severity: 'sev2', status: 'resolved' },
    ...{ from: at(28, 10, 12), to: at(28, 11, 2), detectionSeconds: 130 },
    rootCause: 'The payment provider lost a data centre, and the client waited 60 seconds before it tried the other one.',
    costs: [
      { sloId: 1, name: 'Requests succeed', share: 28_932 / 151_332 },
      { sloId: 2, name: 'Answers within 400 ms', share: 84_200 / 1_511_814 },
    ],
    retrospective: 'done',
    actions: [{ title: 'Fail over the payment client in 5 s, not 60 s', owner: 'Payments', due: '2026-07-31', done: false }],
  },
]

export const SERVICE = {
  ...{ slug: 'checkout-api', name: 'checkout-api', description: 'Takes orders and payments.', tier: 'critical', kind: 'api' },
  ...{ team: 'Payments', sloOwner: 'Sofia Marchetti', productOwner: 'Pablo Reyes' },
}

/** The month of the design: two of three met. */
export const checkoutJune = (): ServiceReport => ({
  kind: 'service',
  ...head('', {
    reliability: '2 of 3 objectives were met; “Answers within 400 ms” was not, with 98.696 % where 99.00 % is the target.',
    budget: 'Least is left at “Answers within 400 ms”: −30.4 % of the month’s budget.',
    incidents: '3 incidents took part of it; INC-401, a slow index, cost 83.5 % of a budget.',
  }),
  recommendations: [
    {
      rule: 'action-open',
      title: 'Finish “Add the missing index check to migrations”',
      reason: 'INC-401 spent most of a budget, and what would have prevented it is still open.',
      evidence: [
        { label: 'INC-401', value: '83.5 % of the budget' },
        { label: 'due', value: '24 July' },
      ],
      ...{ sloId: 2, service: null },
    },
    {
      rule: 'keep-target',
      title: 'Keep the targets',
      reason: 'Neither a looser nor a tighter one is supported by twelve months of data.',
      evidence: [{ label: 'months met', value: '33 of 36' }],
      ...{ sloId: null, service: null },
    },
  ],
  service: SERVICE,
  objectives: objectives(),
  incidents: incidents(),
  releases: [
    {
      id: 1,
      version: '4.18.0',
      at: at(3, 9),
      risk: 'low',
      decision: 'approve',
      cost: { sloId: 1, name: 'Requests succeed', share: 0 },
    },
    {
      id: 2,
      version: '4.19.0',
      at: at(10, 7, 21),
      risk: 'medium',
      decision: 'approve',
      cost: { sloId: 2, name: 'Answers within 400 ms', share: 0.8214 },
    },
    { id: 3, version: '4.19.1', at: at(10, 18), risk: null, decision: null, cost: null },
  ],
  decisions: { approve: 2, review: 1, block: 0 },
  corrections: [
    {
      ...{ id: 7, kind: 'exclusion', cause: 'maintenance', reason: 'Announced move of the database' },
      ...{
        when: 'Sun 14 Jun, 02:00 to 02:40',
        requestedBy: 'Emil Okafor',
        approvedBy: 'Sofia Marchetti',
        slos: ['Requests succeed'],
      },
    },
  ],
  waivers: [
    {
      ...{
        id: 3,
        reason: 'The fix of INC-401 had to go out while its budget was gone',
        from: at(10, 17),
        until: at(11, 17),
        status: 'ended',
      },
      ...{ askedBy: 'Emil Okafor', signedBy: ['Pablo Reyes', 'Sofia Marchetti'], limit: 0.05, used: 0.0123 },
    },
  ],
})
