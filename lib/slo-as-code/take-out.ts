import { dashboardFile, dashboardText } from '../dashboards/dashboards'
import { overviewDashboard } from '../dashboards/overview'
import { serviceDashboard } from '../dashboards/service'
import { inhibitionOf } from '../prometheus-rules/inhibition'
import { RULE_FORMS, type RuleForm, renderRules } from '../prometheus-rules/render'
import type { RuleGroup } from '../prometheus-rules/rule'
import { rulesOf } from '../prometheus-rules/rules'
import { opensloOf } from './openslo/write'
import type { Portable } from './portable'
import { TAKEN_WORDS, type TakenKind, takenAddress } from './taken-kind'

/** SLOs as files that people take out of the portal: what is in them, what is not, and where they go. */

export type TakenFile = {
  /** the form of it: plain, for the operator, for Mimir */
  title: string
  name: string
  text: string
  /** how it is loaded, one sentence */
  load: string
}
/** `about` says in words what the files are for and leave out; without files there is nothing to take, and it says why. */
export type Taken = { kind: TakenKind; title: string; about: string[]; files: TakenFile[] }

const FORMS: Record<RuleForm, { title: string; ending: string; load: string }> = {
  prometheus: {
    title: 'Prometheus',
    ending: 'rules.yaml',
    load: 'Put it where rule_files of prometheus.yml finds it, and reload Prometheus.',
  },
  'prometheus-rule': {
    title: 'PrometheusRule',
    ending: 'prometheusrule.yaml',
    load: 'kubectl apply -f, in a namespace whose rules the operator selects.',
  },
  mimir: { title: 'Mimir', ending: 'mimir.yaml', load: 'mimirtool rules load, for your tenant.' },
}

type What = {
  portable: Portable
  /** of the files, without an ending */
  name: string
  /** `null`: of all of them */
  service: string | null
  /** some SLOs and not all of their services: what belongs to a whole service is left out */
  part?: boolean
  /** where dashboards lead back to */
  portal: string
}

export function takenOf(kind: TakenKind, what: What): Taken {
  switch (kind) {
    case 'openslo':
      return openslo(what)
    case 'rules':
      return rules(what)
    case 'dashboard':
      return dashboard(what)
    case 'inhibition':
      return inhibition(what.portable)
  }
}

/** One file for all of them: who needs whom is a matter of all services. */
const inhibition = (portable: Portable): Taken => ({
  kind: 'inhibition',
  title: TAKEN_WORDS.inhibition,
  about: [
    'It is about all services: an Alertmanager needs it once, whatever else is taken out.',
    'It knows neither maintenance nor who fired first.',
  ],
  files: [
    {
      title: 'Alertmanager',
      name: 'headroom.inhibition.yaml',
      text: inhibitionOf(portable),
      load: 'Put its rules under inhibit_rules of alertmanager.yml, and reload Alertmanager.',
    },
  ],
})

function dashboard({ portable, service, portal }: What): Taken {
  const made = service === null ? overviewDashboard(portable, { portal }) : serviceDashboard(portable, service, { portal })
  return {
    kind: 'dashboard',
    title: TAKEN_WORDS.dashboard,
    about: [
      service === null
        ? 'It shows all SLOs; each service has one of its own.'
        : 'It shows all SLOs of the service, and each in a row of its own.',
      'It reads what the rules record: without them it is empty.',
    ],
    files: [
      {
        title: 'Grafana',
        name: dashboardFile(made),
        text: dashboardText(made),
        load: 'In Grafana choose Dashboards, New, Import. Its source is the Prometheus that evaluates the rules.',
      },
    ],
  }
}

function rules({ portable, name, part = false, portal }: What): Taken {
  const groups = part ? withoutServices(rulesOf(portable), portal) : rulesOf(portable)
  return {
    kind: 'rules',
    title: TAKEN_WORDS.rules,
    about: [...new Set(groups.flatMap(({ about }) => about.slice(1)))],
    files: RULE_FORMS.map((form) => ({
      title: FORMS[form].title,
      name: `${name}.${FORMS[form].ending}`,
      text: renderRules(groups, form, name),
      load: FORMS[form].load,
    })),
  }
}

/** The group of a service is written from all of its SLOs: each of them alone would bring another one. */
function withoutServices(groups: RuleGroup[], portal: string): RuleGroup[] {
  return groups.flatMap((group) => {
    const [, service = '', slo] = group.name.split('/')
    if (slo === undefined) return []
    const whole = new URL(takenAddress('rules', service), portal)
    const about = `The group of the service ${service} (requests, success, latency) is left out: it is in the rules of the whole service, which hold this SLO as well: ${whole}`
    return [{ ...group, about: [...group.about, about] }]
  })
}

const openslo = ({ portable, name }: What): Taken => ({
  kind: 'openslo',
  title: TAKEN_WORDS.openslo,
  about: [
    'What OpenSLO v1 has no field for stands in annotations under headroom.dev: nothing that defines an SLO is left out.',
    ...(portable.slos.some(({ alertingUnsaid }) => alertingUnsaid)
      ? ['Alerts that the portal assigns more widely are no policies of the file: an annotation tells the rules of them.']
      : []),
    'Owners, context and characteristics of services stay in the portal.',
  ],
  files: [
    {
      title: 'OpenSLO v1',
      name: `${name}.openslo.yaml`,
      text: opensloOf(portable),
      load: 'Keep it in Git. Import it here, or let headroom apply do so.',
    },
  ],
})
