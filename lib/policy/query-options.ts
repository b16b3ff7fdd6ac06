import { queryOptions, skipToken } from '@tanstack/react-query'
import type { PolicyPreviewAnswer } from '../api/budget-policy-paths'
import type { BudgetPolicy } from './budget-policy'

/** What settings would have said of the last 90 days; another question abandons the one before. `of`: whose place they take. */
export const policyPreviewQuery = (settings: BudgetPolicy | undefined, of: string | null) =>
  queryOptions({
    queryKey: ['error-budget-policies', 'preview', settings, of],
    queryFn: settings
      ? async ({ signal }): Promise<PolicyPreviewAnswer> => {
          const response = await fetch('/api/v1/error-budget-policies/preview', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ settings, of }),
            signal,
          })
          const answer = (await response.json()) as PolicyPreviewAnswer & { detail?: string }
          if (!response.ok) throw new Error(answer.detail ?? `The portal answered ${response.status}.`)
          return answer
        }
      : skipToken,
    staleTime: 60_000,
    retry: false,
  })
