import { queryOptions, skipToken } from '@tanstack/react-query'
import type { SloEffect } from './schema'

/** What a correction would do; a new one abandons the question about the old one. `input`: as the API reads it. */
export const effectsQuery = (input: Record<string, unknown> | undefined) =>
  queryOptions({
    queryKey: ['corrections', 'preview', input],
    queryFn: input
      ? async ({ signal }): Promise<SloEffect[]> => {
          const response = await fetch('/api/v1/corrections/preview', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(input),
            signal,
          })
          const answer = (await response.json()) as { effects: SloEffect[]; detail?: string }
          if (!response.ok) throw new Error(answer.detail ?? `The portal answered ${response.status}.`)
          return answer.effects
        }
      : skipToken,
    staleTime: 30_000,
    retry: false,
  })
