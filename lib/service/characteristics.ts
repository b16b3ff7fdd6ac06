import { z } from 'zod'

export const REVENUE_IMPACTS = ['direct', 'indirect', 'none'] as const
export const TRAFFIC_CLASSES = ['low', 'medium', 'high'] as const
type TrafficClass = (typeof TRAFFIC_CLASSES)[number]
export type Traffic = number | TrafficClass

/** Requests per second from which traffic belongs to a class. */
export const MEDIUM_TRAFFIC = 1
export const HIGH_TRAFFIC = 100

const TRAFFIC = 'Write requests per second as a number from 0, or low, medium or high.'

/** Facts about a service, as far as they are stated; `null` is "nobody has said". */
export const characteristicsSchema = z.object({
  revenueImpact: z.enum(REVENUE_IMPACTS, { error: 'Revenue impact is direct, indirect or none.' }).nullable().default(null),
  safetyImpact: z.boolean({ error: 'Safety impact is yes or no.' }).nullable().default(null),
  /** people wait for its answers */
  userFacing: z.boolean({ error: 'User-facing is yes or no.' }).nullable().default(null),
  /** requests per second in a busy hour, or a class */
  traffic: z
    .union([z.number().min(0, { error: TRAFFIC }).max(1e9, { error: TRAFFIC }), z.enum(TRAFFIC_CLASSES)], { error: TRAFFIC })
    .nullable()
    .default(null),
})
export type Characteristics = z.output<typeof characteristicsSchema>
export const NOTHING_STATED: Characteristics = characteristicsSchema.parse({})

export const trafficClass = (traffic: Traffic): TrafficClass => {
  if (typeof traffic === 'string') return traffic
  return traffic >= HIGH_TRAFFIC ? 'high' : traffic >= MEDIUM_TRAFFIC ? 'medium' : 'low'
}

/** Every characteristic as a pair of words, for pages, differences and documents. */
export const CHARACTERISTIC_WORDS: {
  [K in keyof Characteristics]: { name: string; text: (value: Characteristics[K]) => string }
} = {
  revenueImpact: { name: 'Revenue impact', text: (value) => value ?? 'not stated' },
  safetyImpact: { name: 'Safety impact', text: yesNo },
  userFacing: { name: 'User-facing', text: yesNo },
  traffic: { name: 'Traffic', text: trafficText },
}

function yesNo(value: boolean | null): string {
  return value === null ? 'not stated' : value ? 'yes' : 'no'
}

function trafficText(traffic: Traffic | null): string {
  if (traffic === null) return 'not stated'
  return typeof traffic === 'number' ? `${traffic} requests/s (${trafficClass(traffic)})` : traffic
}
