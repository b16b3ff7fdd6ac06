import { filledIn } from './links'
import type { DataLink, DataSource, Drawn, FieldConfig, Override, Target, Threshold } from './model'
import { QUIET_STEPS } from './states'

/** Whichever Prometheus is chosen above. */
export const CHOSEN: DataSource = { type: 'prometheus', uid: filledIn('datasource') }
export const NO_DATA = 'no data'
const STEP = '1m'
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export type Query = { expr: string; legend?: string }
type About = { title: string; description: string }

const targets = (queries: Query[], kind: Pick<Target, 'instant' | 'format'>): Target[] =>
  queries.map(({ expr, legend }, index) => ({
    ...{ refId: LETTERS[index] ?? 'Z', datasource: CHOSEN, expr, editorMode: 'code', range: !kind.instant, ...kind },
    ...(legend !== undefined && { legendFormat: legend }),
  }))

const thresholds = (steps: Threshold[]): Pick<FieldConfig, 'thresholds'> => ({ thresholds: { mode: 'absolute', steps } })
const drawn = (about: About): Pick<Drawn, 'title' | 'description' | 'datasource' | 'interval'> => ({
  ...about,
  datasource: CHOSEN,
  interval: STEP,
})
/** The newest value, also where it is missing: an older one would be a number without its time. */
const LAST = { values: false, calcs: ['last'], fields: '' }

/** One number that is asked for as it is now. */
export const stat = (about: About, query: Query, steps: Threshold[], unit = 'none'): Drawn => ({
  ...drawn(about),
  type: 'stat',
  targets: targets([query], { instant: true, format: 'time_series' }),
  fieldConfig: {
    defaults: { unit, noValue: NO_DATA, color: { mode: 'thresholds' }, ...thresholds(steps), mappings: [] },
    overrides: [],
  },
  options: {
    ...{ reduceOptions: LAST, orientation: 'auto', textMode: 'value', wideLayout: true, colorMode: 'value' },
    ...{ graphMode: 'none', justifyMode: 'auto', showPercentChange: false, percentChangeColorMode: 'standard' },
  },
})

type Gauge = { query: Query; steps: Threshold[]; unit: string; decimals: number; min: number; max: number; links?: DataLink[] }
const gaugeFields = ({ steps, unit, decimals, min, max, links = [] }: Gauge): Drawn['fieldConfig'] => ({
  defaults: {
    ...{ unit, decimals, min, max, noValue: NO_DATA, color: { mode: 'thresholds' }, ...thresholds(steps), mappings: [], links },
  },
  overrides: [],
})

/** `min` and `max` bound the dial only; the number beside it is whatever it is. */
export const gauge = (about: About, gauge: Gauge): Drawn => ({
  ...drawn(about),
  type: 'gauge',
  targets: targets([gauge.query], { instant: true, format: 'time_series' }),
  fieldConfig: withNeutral(gaugeFields(gauge)),
  options: {
    ...{ reduceOptions: LAST, orientation: 'auto', showThresholdLabels: false, showThresholdMarkers: true },
    ...{ sizing: 'auto', minVizWidth: 75, minVizHeight: 75, neutral: 0 },
    // Said in full, so that Grafana 13 takes it as it is.
    ...{ shape: 'gauge', barShape: 'flat', barWidthFactor: 0.5, segmentCount: 1, segmentSpacing: 0.3, sparkline: false },
    ...{ endpointMarker: 'none', textMode: 'auto', effects: { barGlow: false, centerGlow: false, gradient: false } },
  },
})

/** The dial fills from nothing left, to either side. Grafana 12 reads it here, 13 among the options. */
const withNeutral = ({ defaults, overrides }: Drawn['fieldConfig']): Drawn['fieldConfig'] => ({
  defaults: { ...defaults, custom: { neutral: 0 } },
  overrides,
})

export const bars = (about: About, gauge: Gauge): Drawn => ({
  ...drawn(about),
  type: 'bargauge',
  targets: targets([gauge.query], { instant: true, format: 'time_series' }),
  fieldConfig: gaugeFields(gauge),
  options: {
    ...{ reduceOptions: LAST, orientation: 'horizontal', displayMode: 'basic', valueMode: 'text', namePlacement: 'left' },
    ...{ showUnfilled: true, sizing: 'auto', minVizWidth: 8, minVizHeight: 16, maxVizHeight: 300 },
    legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] },
  },
})

type Lines = {
  queries: Query[]
  unit: string
  decimals?: number
  min?: number
  /** drawn as dashed lines */
  steps?: Threshold[]
  stacked?: boolean
}

/** Lines over time; where nothing is known there is a gap. */
export const lines = (about: About, { queries, unit, decimals, min, steps = QUIET_STEPS, stacked = false }: Lines): Drawn => ({
  ...drawn(about),
  type: 'timeseries',
  targets: targets(queries, { instant: false, format: 'time_series' }),
  fieldConfig: {
    defaults: {
      ...{ unit, noValue: NO_DATA, color: { mode: 'palette-classic' }, ...thresholds(steps), mappings: [] },
      ...(decimals !== undefined && { decimals }),
      ...(min !== undefined && { min }),
      custom: {
        ...{ drawStyle: 'line', lineInterpolation: 'linear', lineWidth: 1, fillOpacity: stacked ? 20 : 0, showPoints: 'auto' },
        ...{ spanNulls: false, insertNulls: false, pointSize: 4, gradientMode: 'none', barAlignment: 0 },
        ...{ axisPlacement: 'auto', axisLabel: '', axisColorMode: 'text', axisBorderShow: false, axisCenteredZero: false },
        ...{ scaleDistribution: { type: 'linear' }, hideFrom: { legend: false, tooltip: false, viz: false } },
        ...{ stacking: { mode: stacked ? 'normal' : 'none', group: 'A' } },
        thresholdsStyle: { mode: steps.length > 1 ? 'dashed' : 'off' },
      },
    },
    overrides: [],
  },
  options: {
    legend: { showLegend: true, displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
    tooltip: { mode: 'multi', sort: 'desc' },
  },
})

/** `field` as Prometheus names it: a label, or “Value #B” of the second query. What is not named is hidden. */
export type Column = { field: string; title: string; config?: Override['properties']; hidden?: true }

/** Series that are merged into rows by the labels they have in common. */
export const table = (about: About, queries: Query[], columns: Column[], sortBy: string, noValue = '–'): Drawn => ({
  ...drawn(about),
  type: 'table',
  targets: targets(queries, { instant: true, format: 'table' }),
  transformations: [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries(columns.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(columns.filter(({ hidden }) => !hidden).map(({ field, title }) => [field, title])),
      },
    },
  ],
  fieldConfig: {
    defaults: {
      ...{ noValue, color: { mode: 'thresholds' }, ...thresholds(QUIET_STEPS), mappings: [] },
      custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false, filterable: false },
    },
    // Hidden, not left out: links of other columns are made from it.
    overrides: columns.flatMap(({ field, title, config = [], hidden }): Override[] => {
      const properties = hidden ? [{ id: 'custom.hidden', value: true }] : config
      return properties.length > 0 ? [{ matcher: { id: 'byName', options: hidden ? field : title }, properties }] : []
    }),
  },
  options: {
    ...{ showHeader: true, cellHeight: 'sm', frameIndex: 0, sortBy: [{ displayName: sortBy, desc: false }] },
    ...{ enablePagination: true },
  },
})
