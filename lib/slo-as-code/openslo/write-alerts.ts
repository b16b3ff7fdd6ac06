import { alertPolicySchema } from '../../alert/alert-policy'
import { WORKBOOK } from '../../alert/presets'
import { same } from '../../slo/differences'
import type { PortableSlo } from '../portable'
import type { YamlMap } from '../yaml-write'
import { burnOf, durationText, type PolicyPair, policyWords } from './conditions'
import { policyName } from './names'
import { annotationsOf, VERSION } from './write-parts'

const DEFAULTS = alertPolicySchema.parse({ pairs: [{ long: 3_600, severity: 'page', at: { burn: 1 } }] })

type Written = {
  /** by their names */
  policies: Map<string, YamlMap>
  /** annotations of the SLO */
  own?: unknown
  assigned?: unknown
}

/**
 * One policy for each pair of windows: SLOs of a service that agree in one share it. What the portal assigns is no policy of the file: it
 * would become the SLO's own when it is read. Rules and dashboards need it none the less, so it is an annotation.
 */
export function alertsOf({ definition, alerting, alertingUnsaid }: PortableSlo): Written {
  if (alertingUnsaid)
    return { policies: new Map(), assigned: same(alerting, WORKBOOK.settings) ? undefined : (alerting ?? 'none') }
  const { service, window } = definition
  const policies = (alerting?.pairs ?? []).map((pair) => policyOf(pair, burnOf(pair, window), service))
  return { policies: new Map(policies), own: ownOfPolicy(alerting) }
}

/** What holds for all pairs, where it is not as usual. */
function ownOfPolicy(alerting: PortableSlo['alerting']): unknown {
  if (alerting === null) return 'none'
  const { keepFiring, clearBelow, suppressByDependency, silenceInMaintenance } = alerting
  const usual =
    keepFiring === DEFAULTS.keepFiring &&
    clearBelow === DEFAULTS.clearBelow &&
    suppressByDependency === DEFAULTS.suppressByDependency &&
    silenceInMaintenance === DEFAULTS.silenceInMaintenance
  return usual ? undefined : { keepFiring, clearBelow, suppressByDependency, silenceInMaintenance }
}

function policyOf(pair: PolicyPair, threshold: number, service: string): [string, YamlMap] {
  const { severity, long } = pair
  const window = durationText(long)
  const name = policyName(service, `${severity}-${window}`, JSON.stringify([threshold, pair]))
  const policy = {
    apiVersion: VERSION,
    kind: 'AlertPolicy',
    metadata: { name, annotations: annotationsOf({ pair }) },
    spec: {
      description: policyWords(threshold, long),
      alertWhenBreaching: true,
      conditions: [
        {
          kind: 'AlertCondition',
          metadata: { name: `burn-${window}` },
          spec: {
            severity,
            condition: {
              ...{ kind: 'burnrate', op: 'gte', threshold, lookbackWindow: window },
              alertAfter: pair.for > 0 ? durationText(pair.for) : undefined,
            },
          },
        },
      ],
      notificationTargets: [{ kind: 'AlertNotificationTarget', metadata: { name: severity }, spec: { target: severity } }],
    },
  }
  return [name, policy]
}
