import type { YamlMap } from '../yaml-write'
import { DOMAIN } from './annotations'
import { descriptionOf, titleOf } from './names'

export const VERSION = 'openslo/v1'

/** Annotations of ours: texts as they are, anything else as JSON; what is undefined is left out. */
export function annotationsOf(own: Record<string, unknown>): YamlMap | undefined {
  const said = Object.entries(own).filter(([, value]) => value !== undefined)
  if (said.length === 0) return undefined
  return Object.fromEntries(
    said.map(([name, value]) => [`${DOMAIN}${name}`, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

/** Fields where they can hold it, and annotations for the rest. */
export function titled(name: string, title: string, description: string) {
  const [short, brief] = [titleOf(title), descriptionOf(description)]
  return {
    displayName: title === name ? undefined : short,
    description: description === '' ? undefined : brief,
    own: { name: short === title ? undefined : title, description: brief === description ? undefined : description },
  }
}

const LABEL_KEY = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/
const PLAIN_VALUE = /^[^"`\\{}\p{Cc}\u2028\u2029]*$/u

/** Labels by the rules of OpenSLO, and the others. */
export function labelled(labels: Record<string, string>): { labels?: YamlMap; rest?: Record<string, string> } {
  const entries = Object.entries(labels)
  const fit = entries.filter(([key, value]) => LABEL_KEY.test(key) && PLAIN_VALUE.test(value))
  const rest = entries.filter((entry) => !fit.includes(entry))
  return {
    ...(fit.length > 0 && { labels: Object.fromEntries(fit) }),
    ...(rest.length > 0 && { rest: Object.fromEntries(rest) }),
  }
}
