import { slugOf } from '../../slo/definition-input'

/** Names of what is written: DNS labels of at most 63 letters, the same whatever else is written with them. */

const MOST_NAME = 63
const MOST_TITLE = 63
const MOST_DESCRIPTION = 1050
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

const cut = (text: string, length: number): string => text.slice(0, length).replace(/-+$/, '')

/** FNV-1a (Fowler, Noll, Vo), 32 bits as eight digits: keeps names apart, nothing more. */
export function mark(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

const together = (service: string, slug: string): string =>
  slug === service || slug.startsWith(`${service}-`) ? slug : `${service}-${slug}`
const marked = (service: string, slug: string): string =>
  `${cut(together(service, slug), MOST_NAME - 9)}-${mark(`${service}/${slug}`)}`

/** The name of an SLO among those of all services. `taken` is told of it. */
export function sloName(service: string, slug: string, taken: Set<string>): string {
  const plain = together(service, slug)
  const name = plain.length <= MOST_NAME && !taken.has(plain) ? plain : marked(service, slug)
  taken.add(name)
  return name
}

/** Could this be the name of that SLO? Of one that has moved to another service, too. */
export const namesSlo = (name: string | undefined, service: string, slug: string): boolean =>
  name !== undefined && (name === slug || name.endsWith(`-${slug}`) || name === marked(service, slug))

/** Names of alert policies say what they are for, and differ where anything in them differs. */
export const policyName = (service: string, what: string, content: string): string =>
  `${cut(service, 40)}-${what}-${mark(content)}`

/** The name of a source as a reference. */
export const sourceRef = (name: string): string => (DNS_LABEL.test(name) ? name : slugOf(name) || 'source')

const shortened = (text: string, length: number): string => {
  const letters = [...text]
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`
}
export const titleOf = (name: string): string => shortened(name, MOST_TITLE)
export const descriptionOf = (text: string): string => shortened(text, MOST_DESCRIPTION)
