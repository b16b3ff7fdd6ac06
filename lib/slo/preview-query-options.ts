import { queryOptions, skipToken } from '@tanstack/react-query'
import type { SloDefinitionRecord } from './definition-input'
import type { SloPreview } from './preview'

/** The last 30 days under a definition; a new definition abandons the question about the old one. `null`: the policy in force. */
export const previewQuery = (definition: SloDefinitionRecord | undefined, alertPolicy: string | null) =>
  queryOptions({
    queryKey: ['slos', 'preview', definition, alertPolicy],
    queryFn: definition
      ? async ({ signal }): Promise<SloPreview> => {
          const response = await fetch(`/api/v1/slos/preview${alertPolicy === null ? '' : `?alertPolicy=${alertPolicy}`}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(definition),
            signal,
          })
          const answer = (await response.json()) as SloPreview & { detail?: string }
          if (!response.ok) throw new Error(answer.detail ?? `The portal answered ${response.status}.`)
          return answer
        }
      : skipToken,
    staleTime: 60_000,
    retry: false,
  })
