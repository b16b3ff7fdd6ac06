import { reachIn } from '../alert/mute'
import type { Portable } from '../slo-as-code/portable'
import { BURN_ALERT } from './names'

/** What Alertmanager mutes while something else fires; matchers as it writes them. */
type Inhibition = { about: string; source: string[]; target: string[]; equal?: string[] }

const HEAD = `# Inhibition for Alertmanager 0.22 or newer. It belongs into alertmanager.yml, beside route and receivers.
# Alerts are muted while the page that speaks for them fires. Unlike Headroom, Alertmanager does not look at
# which fired first, nor at whether the page is silenced itself.
`

const PAGES = [matcher('alertname', [BURN_ALERT]), matcher('severity', ['page'])]

const OWN_TICKETS: Inhibition = {
  about: 'The page of an SLO speaks for its tickets.',
  source: PAGES,
  target: [matcher('alertname', [BURN_ALERT]), matcher('severity', ['ticket'])],
  equal: ['service', 'slo'],
}

/**
 * `inhibit_rules` of Alertmanager by the rules of `mutesOf` (semantics §6): the page of a service mutes the burn alerts of
 * all that need it, directly or not, where their policy says so; a page mutes tickets of its own SLO. Alertmanager does not
 * follow chains by itself, and an alert that it mutes still mutes others. Two services that need one another would silence
 * both, so within a circle pages mute tickets only.
 */
export function inhibitionOf({ services, slos }: Portable): string {
  const needs = new Map(services.map(({ slug, dependencies }) => [slug, dependencies]))
  const reach = reachIn<string>((slug) => needs.get(slug) ?? [])
  const dependents = services.map(({ slug, name }) => {
    const needed = [...reach(slug)].filter((other) => other !== slug).sort()
    const own = slos.flatMap(({ definition, alerting }) =>
      alerting && definition.service === slug ? [{ slo: definition.slug, muted: alerting.suppressByDependency }] : [],
    )
    return { slug, name, own, needed, circle: needed.filter((other) => reach(other).has(slug)) }
  })
  const rules = [OWN_TICKETS, ...dependents.sort((a, b) => (a.slug < b.slug ? -1 : 1)).flatMap(upstreamOf)]
  return `${HEAD}inhibit_rules:\n${rules.map(ruleText).join('')}`
}

type Dependent = { slug: string; name: string; own: { slo: string; muted: boolean }[]; needed: string[]; circle: string[] }

function upstreamOf({ slug, name, own, needed, circle }: Dependent): Inhibition[] {
  const muted = own.filter((one) => one.muted).map(({ slo }) => slo)
  if (muted.length === 0) return []
  const target = [
    ...[matcher('alertname', [BURN_ALERT]), matcher('service', [slug])],
    ...(muted.length < own.length ? [matcher('slo', muted.sort())] : []),
  ]
  const by = (causes: string[], about: string, severity?: 'page' | 'ticket'): Inhibition[] =>
    causes.length === 0
      ? []
      : [
          {
            about,
            source: [...PAGES, matcher('service', causes)],
            target: severity ? [...target, matcher('severity', [severity])] : target,
          },
        ]
  if (circle.length === 0) return by(needed, `${name}: pages of what it needs.`)
  const above = needed.filter((other) => !circle.includes(other))
  return [
    ...by(above, `${name}, its pages: pages of what it needs, without those that need it too.`, 'page'),
    ...by(needed, `${name}, its tickets: pages of what it needs.`, 'ticket'),
  ]
}

/** Names hold small letters, digits and hyphens: nothing that a pattern or YAML would take for something else. */
function matcher(label: string, values: string[]): string {
  return `${label}${values.length === 1 ? '=' : '=~'}"${values.join('|')}"`
}

function ruleText({ about, source, target, equal }: Inhibition): string {
  const list = (name: string, items: string[]) => `    ${name}:\n${items.map((item) => `      - ${item}\n`).join('')}`
  return [
    `  # ${about.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ')}\n`,
    list('source_matchers', source.map(literal)).replace(/^ {4}/, '  - '),
    list('target_matchers', target.map(literal)),
    equal ? list('equal', equal) : '',
  ].join('')
}

const literal = (text: string): string => `'${text}'`
