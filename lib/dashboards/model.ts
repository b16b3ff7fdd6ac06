/**
 * The classic dashboard of Grafana as far as it is written here. Field names are Grafana's; `SCHEMA_VERSION` is the one that
 * Grafana 12 and 13 write, so nothing is migrated when it is opened.
 */
export const SCHEMA_VERSION = 42

export type DataSource = { type: 'prometheus' | 'grafana'; uid: string }
export type GridPos = { x: number; y: number; w: number; h: number }
export type Threshold = { value: number | null; color: string }
export type Mapping =
  | { type: 'range'; options: { from: number | null; to: number | null; result: MappedTo } }
  | { type: 'special'; options: { match: 'null+nan'; result: MappedTo } }
export type MappedTo = { text: string; color: string; index: number }
/** of a cell, a bar or a panel */
export type DataLink = { title: string; url: string; targetBlank: boolean }

export type FieldConfig = {
  displayName?: string
  unit?: string
  decimals?: number
  min?: number
  max?: number
  /** what stands where there is no value: never 0 */
  noValue?: string
  color?: { mode: 'thresholds' | 'palette-classic' | 'fixed'; fixedColor?: string }
  thresholds?: { mode: 'absolute'; steps: Threshold[] }
  mappings?: Mapping[]
  links?: DataLink[]
  custom?: Record<string, unknown>
}
export type Override = { matcher: { id: 'byName'; options: string }; properties: { id: string; value: unknown }[] }

export type Target = {
  refId: string
  datasource: DataSource
  expr: string
  legendFormat?: string
  instant: boolean
  range: boolean
  format: 'time_series' | 'table'
  editorMode: 'code'
}
export type Transformation =
  | { id: 'merge'; options: Record<string, never> }
  | {
      id: 'organize'
      options: { excludeByName: Record<string, true>; indexByName: Record<string, number>; renameByName: Record<string, string> }
    }

/** A panel before it has a place. */
export type Drawn = {
  type: 'stat' | 'gauge' | 'bargauge' | 'table' | 'timeseries'
  title: string
  description: string
  datasource: DataSource
  targets: Target[]
  fieldConfig: { defaults: FieldConfig; overrides: Override[] }
  options: Record<string, unknown>
  transformations?: Transformation[]
  links?: DashboardLink[]
  /** no finer steps than the rules are evaluated in */
  interval: string
}
export type Panel = Drawn & { id: number; gridPos: GridPos }
export type Row = { type: 'row'; id: number; title: string; collapsed: boolean; gridPos: GridPos; panels: Panel[] }

export type DashboardLink = {
  type: 'link' | 'dashboards'
  title: string
  tooltip: string
  icon: string
  url: string
  tags: string[]
  asDropdown: boolean
  includeVars: boolean
  keepTime: boolean
  targetBlank: boolean
}

export type Variable = {
  type: 'datasource' | 'query'
  name: string
  label: string
  description: string
  hide: 0
  /** 1: when the dashboard is opened, 2: when the range changes */
  refresh: 1 | 2
  query: string | { query: string; refId: string; qryType: 1 }
  datasource?: DataSource
  regex: string
  sort: 0 | 1
  multi: boolean
  includeAll: boolean
  allValue?: string
  current: { selected: boolean; text: string | string[]; value: string | string[] }
  options: never[]
}

export type Annotation = {
  name: string
  enable: boolean
  hide: boolean
  iconColor: string
  datasource: DataSource
  builtIn?: 1
  type?: 'dashboard'
  target?: { refId: 'Anno'; datasource: DataSource; expr: string; interval: string }
  titleFormat?: string
  textFormat?: string
  useValueForTime?: boolean
}

export type Dashboard = {
  id: null
  uid: string
  title: string
  description: string
  tags: string[]
  editable: boolean
  graphTooltip: 0 | 1 | 2
  fiscalYearStartMonth: 0
  liveNow: false
  preload: false
  schemaVersion: typeof SCHEMA_VERSION
  version: number
  timezone: 'utc'
  weekStart: ''
  refresh: string
  time: { from: string; to: string }
  timepicker: Record<string, never>
  links: DashboardLink[]
  annotations: { list: Annotation[] }
  templating: { list: Variable[] }
  panels: (Panel | Row)[]
}
