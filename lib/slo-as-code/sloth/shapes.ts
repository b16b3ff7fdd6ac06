import { type Fields, list, map, object, type Shape } from '../shape'
import { camel, type Spell, snake } from './spelling'

/** `word`: YAML of Sloth itself takes 2 for "2"; Kubernetes does not. */
function specShape(spell: Spell, text: Shape): Fields {
  const spelt = (fields: Fields): Shape =>
    object(Object.fromEntries(Object.entries(fields).map(([name, shape]) => [spell(name), shape])))
  const alert = spelt({ disable: 'flag', labels: map(text), annotations: map(text) })
  const slo = spelt({
    name: text,
    description: text,
    objective: 'percent',
    labels: map(text),
    plugins: 'any',
    interval: 'any',
    sli: spelt({
      raw: spelt({ error_ratio_query: text }),
      events: spelt({ error_query: text, total_query: text }),
      plugin: spelt({ id: text, options: map(text) }),
    }),
    alerting: spelt({ name: text, labels: map(text), annotations: map(text), page_alert: alert, ticket_alert: alert }),
  })
  return { service: text, labels: map(text), slos: list(slo), [spell('slo_plugins')]: 'any' }
}

export const OWN = object({ version: 'text', ...specShape(snake, 'word') })
export const KUBERNETES = object({
  apiVersion: 'text',
  kind: 'text',
  metadata: 'record',
  spec: object(specShape(camel, 'text')),
  status: 'any',
})
