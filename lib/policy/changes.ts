import { scheduleText } from '../correction/words'
import { factorText } from '../format'
import { CHANGE_TYPE_WORDS, CHANGE_TYPES, type Decision, RISKS } from '../release/vocabulary'
import { arrow, differences, type Sentences, same } from '../slo/differences'
import type { BudgetPolicy, FreezeWindow } from './budget-policy'
import { CELLS, STATES_IN_ORDER } from './matrix'
import type { BudgetPolicyInput } from './schema'
import { approversText, effectText, exceptText, freezeText, percentText, severitiesText, titled } from './words'

const decision = (value: Decision): string => value
const levels = ['attention', 'warning', 'critical'] as const

/** One line for a value that differs. */
const line = <T>(what: string, text: (value: T) => string, old: T, now: T): string[] =>
  same(old, now) ? [] : arrow(what, text)(old, now)

const times = (value: number): string => `${factorText(value)}×`

function statusChanges(old: BudgetPolicy['status'], now: BudgetPolicy['status']): string[] {
  return [
    ...levels.flatMap((level) => line(`${titled(level)} above a pace of`, times, old.pace[level], now.pace[level])),
    ...levels.flatMap((level) => line(`${titled(level)} with less left than`, percentText, old.floor[level], now.floor[level])),
    ...line('Pace looks back over', (share) => `${percentText(share)} of the window`, old.lookbackShare, now.lookbackShare),
  ]
}

const FREEZE: Sentences<FreezeWindow> = {
  schedule: arrow('when', scheduleText),
  effect: arrow('effect', effectText),
  except: arrow('holds', exceptText),
}

function freezeChanges(old: FreezeWindow[], now: FreezeWindow[]): string[] {
  const before = new Map(old.map((freeze) => [freeze.name, freeze]))
  return [
    ...now.flatMap((freeze) => {
      const was = before.get(freeze.name)
      if (!was) return [`New freeze window “${freeze.name}”: ${freezeText(freeze)}`]
      return differences(FREEZE, was, freeze).map((words) => `Freeze window “${freeze.name}”: ${words}`)
    }),
    ...old
      .filter(({ name }) => !now.some((freeze) => freeze.name === name))
      .map(({ name }) => `Freeze window “${name}” left out`),
  ]
}

const quoted = (text: string): string => (text === '' ? 'nothing' : `“${text}”`)
const laneWords = (worst: Decision): string => (worst === 'block' ? 'no lane of its own' : `at worst ${worst}`)

const SETTINGS: Sentences<BudgetPolicy> = {
  status: statusChanges,
  matrix: (old, now) =>
    CELLS.flatMap(({ state, risk }) => line(`${titled(state)}, ${risk} risk:`, decision, old[state][risk], now[state][risk])),
  unknown: arrow('Without data at best', decision),
  lanes: (old, now) =>
    CHANGE_TYPES.flatMap((type) => line(`${titled(CHANGE_TYPE_WORDS[type])}:`, laneWords, old[type], now[type])),
  freezes: freezeChanges,
  costFloor: arrow('Left after a costly release at least', percentText),
  incidents: (old, now) => [
    ...line('Incidents that count:', severitiesText, old.severities, now.severities),
    ...line('An open incident here:', decision, old.here, now.here),
    ...line('An open incident at what it needs:', decision, old.dependencies, now.dependencies),
  ],
  approvers: (old, now) => RISKS.flatMap((risk) => line(`Reviews of ${risk} risk:`, approversText, old[risk], now[risk])),
  validHours: arrow('A decision holds', (hours) => `${factorText(hours)} h`),
  waivers: (old, now) => [
    ...line('A waiver holds at most', (days) => `${factorText(days)} d`, old.longestDays, now.longestDays),
    ...line('A waiver spends at most', percentText, old.largestLimit, now.largestLimit),
  ],
  unreachable: (old, now) => [
    ...line('The gate without an answer:', String, old.portal, now.portal),
    ...line('The gate while data are missing:', String, old.data, now.data),
  ],
  states: (old, now) =>
    STATES_IN_ORDER.flatMap((state) => [
      ...line(`${titled(state)} means`, quoted, old[state].consequence, now[state].consequence),
      ...line(`All-clear of ${state}:`, quoted, old[state].allClear, now[state].allClear),
    ]),
  agreedBy: arrow('Agreed by', approversText),
}

/** Differences of two policies as sentences, most important first. Empty when nothing changed. */
export function budgetPolicyChanges(before: BudgetPolicyInput, after: BudgetPolicyInput): string[] {
  return [
    ...differences(SETTINGS, before.settings, after.settings),
    ...line('Name', quoted, before.name, after.name),
    ...(same(before.description, after.description) ? [] : ['Description rewritten']),
  ]
}
