import { type AlertPolicy, alertPairs, alertPolicySchema } from '../alert/alert-policy'
import { policyChanges } from '../alert/changes'
import { NO_ALERTS } from '../alert/presets'
import { unreachableText } from '../alert/words'
import { same } from '../slo/differences'
import { windowLength } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import type { Alerting, DeclaredSlo } from './declared'
import type { Facts, SloFact } from './facts'
import { pairsText } from './new-slo'
import { type Does, itemOf, placeOf, type Step } from './steps'
import type { WantedSlo } from './wanted'

/** What becomes of the alerts of an SLO that files declare. */

export type AlertRules = { mayAlert: boolean; now: UnixSeconds }

export const WHO_ALERTS = 'Only SLO owners and administrators decide about alert policies: use a token of the role slo_owner'

/** What a file can leave out so that the portal decides; the others always say how they alert. */
const LEFT_OUT: Record<DeclaredSlo['format'], string> = {
  openslo: ', or leave alertPolicies out of the file.',
  seed: ', or leave alerting out of the file.',
  sloth: '. A file of Sloth always says how it alerts.',
  pyrra: '. A file of Pyrra always says how it alerts.',
  'slo-generator': ', or leave the error-budget policy out of the files.',
}

export function alertStep(wanted: WantedSlo, fact: SloFact | undefined, facts: Facts, rules: AlertRules): Step | null {
  const { key, slo } = wanted
  const told = { name: `Alerts of ${slo.name}`, sloId: fact?.id ?? null, place: placeOf(slo.place) }
  const { alerting } = slo
  const present = fact?.alerts ?? null
  const own = fact?.ownPolicy ?? null
  const whoAlerts = `${WHO_ALERTS}${alerting.kind === 'default' ? '.' : LEFT_OUT[slo.format]}`
  const step = (
    verb: 'create' | 'change' | 'delete' | 'unchanged',
    changes: string[],
    does: Does[],
    notes: string[] = [],
  ): Step =>
    verb !== 'unchanged' && !rules.mayAlert
      ? { item: itemOf('alert-policy', 'refused', key, { ...told, reason: whoAlerts }), does: [] }
      : { item: itemOf('alert-policy', verb, key, { ...told, changes, notes }), does }
  if (alerting.kind === 'default') {
    const said = present?.own || (fact?.declared?.alerting.kind ?? 'default') !== 'default'
    return present && said
      ? step('delete', ['What the portal assigns holds again'], [{ does: 'take-alerts-off', key, own }])
      : null
  }
  const verb = present ? 'change' : 'create'
  // Whatever its name: it says what the file says.
  if (present && !present.own && saysTheSame(present.settings, alerting)) return step('unchanged', [], [])
  const preset =
    alerting.kind === 'none'
      ? facts.alertPresets.find(({ slug }) => slug === NO_ALERTS.slug)
      : facts.alertPresets.find(({ settings }) => sameSettings(settings, alerting.settings))
  if (preset) {
    if (present?.slug === preset.slug) return step('unchanged', [], [])
    const words = `Alert policy ${present ? `“${present.name}” → ` : ''}“${preset.name}”`
    return step(verb, [words], [{ does: 'put-alerts', key, own, preset: preset.slug }])
  }
  if (alerting.kind === 'none') return null
  const notes = unreachable(wanted, alerting.settings, rules.now)
  const settings = alerting.settings
  if (present?.own && own) {
    const changes = policyChanges(own.input, { ...own.input, settings })
    return changes.length === 0
      ? step('unchanged', [], [], notes)
      : step('change', changes, [{ does: 'put-own-alerts', key, own, settings, changes }], notes)
  }
  const words = `${present ? `Alert policy “${present.name}” → its own` : 'Its own alert policy'}: ${pairsText(settings)}`
  const changes = own ? policyChanges(own.input, { ...own.input, settings }) : []
  return step(verb, [words], [{ does: 'put-own-alerts', key, own, settings, changes }], notes)
}

function sameSettings(stored: unknown, settings: AlertPolicy): boolean {
  const read = alertPolicySchema.safeParse(stored)
  return read.success && same(read.data, settings)
}

function saysTheSame(stored: unknown, alerting: Exclude<Alerting, { kind: 'default' }>): boolean {
  if (alerting.kind === 'policy') return sameSettings(stored, alerting.settings)
  const read = alertPolicySchema.safeParse(stored)
  return read.success && read.data.pairs.length === 0
}

/** Pairs that the target keeps from firing stay in the policy and are left out where it is evaluated. */
function unreachable({ slo, definition, source }: WantedSlo, settings: AlertPolicy, now: UnixSeconds): string[] {
  const pairs = alertPairs(settings, windowLength(definition.window, now), { scrape: source.scrapeSeconds })
  return pairs.flatMap((pair) => unreachableText(pair, definition.target, `“${slo.name}”`) ?? [])
}
