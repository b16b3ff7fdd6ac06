import type { Portable } from '../slo-as-code/portable'
import { laidOut, type Section } from './layout'
import { address } from './links'
import { type Annotation, type Dashboard, type DashboardLink, SCHEMA_VERSION, type Variable } from './model'

/** `portal`: where people open Headroom, for links; without it there are none to it. */
export type DashboardOptions = { portal?: string | null }

export const portalOf = ({ portal = null }: DashboardOptions): string | null => address(portal)?.replace(/\/+$/, '') ?? null

type Frame = {
  uid: string
  title: string
  description: string
  tags: string[]
  variables: Variable[]
  annotations: Annotation[]
  links: DashboardLink[]
  sections: Section[]
}

export const framed = ({ uid, title, description, tags, variables, annotations, links, sections }: Frame): Dashboard => ({
  ...{ id: null, uid, title, description, tags, editable: true, graphTooltip: 1, fiscalYearStartMonth: 0, liveNow: false },
  ...{ preload: false, schemaVersion: SCHEMA_VERSION, version: 1, timezone: 'utc', weekStart: '', refresh: '1m' },
  ...{ time: { from: 'now-24h', to: 'now' }, timepicker: {}, links },
  ...{ annotations: { list: annotations }, templating: { list: variables }, panels: laidOut(sections) },
})

/** Digits after the point that the finest target needs as a percentage, two at least: 99.90, 99.995. */
export const targetDigits = ({ slos }: Portable): number =>
  Math.max(2, ...slos.map(({ definition }) => String(Number((definition.target * 100).toFixed(6))).split('.')[1]?.length ?? 0))
