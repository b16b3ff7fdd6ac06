import { quoted } from '../slo/promql'
import type { DashboardLink, DataLink } from './model'

/** Grafana takes 40 characters. Services have a prefix of their own, so none can take the place of the overview. */
const LONGEST = 40
const PREFIX = 'headroom-s-'
const ROOM = LONGEST - PREFIX.length
export const OVERVIEW_UID = 'headroom-overview'
/** On every dashboard: how Grafana lists them together. */
export const TAG = 'headroom'

/** The same service has the same address for ever. A long slug is cut; `_`, which no slug has, keeps it apart from a whole one. */
export const serviceUid = (slug: string): string =>
  slug.length <= ROOM ? `${PREFIX}${slug}` : `${PREFIX}${slug.slice(0, ROOM - 9)}_${fingerprint(slug)}`
export const isCut = (slug: string): boolean => slug.length > ROOM

/** FNV-1a, 32 bits, as eight digits. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** Adds the label `board`, the dashboard of each series' service. */
export function withBoard(expression: string, slugs: string[]): string {
  const usual = `label_replace(${expression}, "board", "${PREFIX}$1", "service", "(.+)")`
  return slugs
    .filter(isCut)
    .reduce((inner, slug) => `label_replace(${inner}, "board", ${quoted(serviceUid(slug))}, "service", ${quoted(slug)})`, usual)
}

/** What Grafana fills in: a variable, a label of a series, a cell of the same row. */
export const filledIn = (path: string): string => `\${${path}}`
export const cell = (field: string): string => filledIn(`__data.fields.${field}`)
export const seriesLabel = (name: string): string => filledIn(`__field.labels.${name}`)

/** Grafana puts variables into titles: words of people are not meant so. */
export const plain = (text: string): string => text.replaceAll('$', '$\u2060').replaceAll('[[', '[\u2060[')

/** An address that a browser may be sent to, without anything Grafana would fill in; `null`: it is none. */
export function address(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null
  const { protocol, href } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return null
  return href.replaceAll('$', '%24').replaceAll('[', '%5B').replaceAll(']', '%5D')
}

/** Pages of the portal by slugs, which files know as well as the portal itself. */
export const servicePage = (portal: string, service: string): string => `${portal}/services/${service}`
export const sloPage = (portal: string, service: string, slo: string): string => `${portal}/services/${service}/slos/${slo}`

export const dataLink = (title: string, url: string, targetBlank = true): DataLink => ({ title, url, targetBlank })

const LINK = { tooltip: '', tags: [], asDropdown: false, includeVars: false, keepTime: false, targetBlank: true } as const
export const linkTo = (title: string, url: string, icon = 'external link'): DashboardLink => ({
  ...LINK,
  ...{ type: 'link', title: plain(title), url, icon, tags: [] },
})
/** To another dashboard, with the range that is looked at. */
export const boardLink = (title: string, uid: string): DashboardLink => ({
  ...LINK,
  ...{ type: 'link', title: plain(title), url: `/d/${uid}`, icon: 'dashboard', tags: [], keepTime: true, targetBlank: false },
})
export const allBoards = (): DashboardLink => ({
  ...LINK,
  ...{ type: 'dashboards', title: 'Services', url: '', icon: 'apps', tags: [`${TAG}-service`] },
  ...{ asDropdown: true, keepTime: true, targetBlank: false },
})
