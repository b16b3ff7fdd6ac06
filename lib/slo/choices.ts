import type { IndicatorKind } from './indicator'

/** An SLO in a list to choose from. */
export type SloChoice = {
  id: number
  service: string
  serviceName: string
  slo: string
  name: string
  /** in words, to see what fits */
  window: string
  kind: IndicatorKind
}
