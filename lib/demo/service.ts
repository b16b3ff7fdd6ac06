import type { Indicator } from '../slo/indicator'
import type { BudgetingMethod, NoDataPolicy } from '../slo/objective'
import type { SloState } from '../slo/state'
import type { SloWindow } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import type { Signal } from './signal'

export type DemoSlo = {
  slug: string
  name: string
  description: string
  indicator: Indicator
  target: number
  window: SloWindow
  method?: BudgetingMethod
  sliceTarget?: number
  noDataPolicy?: NoDataPolicy
  minEvents?: number
  gating?: boolean
  labels?: Record<string, string>
  /** the state it is made to show at the anchor */
  shows: SloState
}

export type DemoService = {
  slug: string
  name: string
  description: string
  tier: 'critical' | 'essential' | 'standard' | 'best_effort'
  kind: 'api' | 'web' | 'batch' | 'streaming'
  team: string
  labels: Record<string, string>
  /** measured by the source that stops answering */
  lostSource?: boolean
  /** first and last instant with metrics, when not all of them */
  from?: UnixSeconds
  until?: UnixSeconds
  /** when its metrics cannot be scraped although it runs */
  unscraped?: (at: UnixSeconds) => boolean
  signals: Signal[]
  slos: DemoSlo[]
}
