import { queryOptions, skipToken } from '@tanstack/react-query'
import type { WhatIf } from './what-if'

export type Fault = { message: string; issues: { path: string; message: string }[] }
export class WhatIfRefused extends Error {
  constructor(
    message: string,
    readonly issues: Fault['issues'],
  ) {
    super(message)
  }
}

/** The comparison for one change; a new change abandons the question about the old one. */
export const whatIfQuery = (id: number, change: Record<string, unknown> | null) =>
  queryOptions({
    queryKey: ['slos', id, 'what-if', change],
    queryFn: change
      ? async ({ signal }): Promise<WhatIf> => {
          const response = await fetch(`/api/v1/slos/${id}/what-if`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(change),
            signal,
          })
          const answer = (await response.json()) as WhatIf & { detail?: string; errors?: Fault['issues'] }
          if (!response.ok)
            throw new WhatIfRefused(answer.detail ?? `The portal answered ${response.status}.`, answer.errors ?? [])
          return answer
        }
      : skipToken,
    staleTime: 60_000,
    retry: false,
  })

/** Bounds of a classic histogram, asked for when somebody wants to choose one. */
export const boundsQuery = (sourceId: number, buckets: string, wanted: boolean) =>
  queryOptions({
    queryKey: ['sources', sourceId, 'bounds', buckets],
    queryFn: wanted
      ? async ({ signal }): Promise<number[]> => {
          const search = new URLSearchParams({ 'match[]': buckets })
          const response = await fetch(`/api/sources/${sourceId}/api/v1/label/le/values?${search}`, { signal })
          const { data = [] } = (await response.json()) as { data?: string[] }
          return [...new Set(data.map(Number).filter((bound) => Number.isFinite(bound) && bound > 0))].sort((a, b) => a - b)
        }
      : skipToken,
    staleTime: 600_000,
    retry: false,
  })
