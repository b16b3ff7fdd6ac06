import { queryOptions, skipToken } from '@tanstack/react-query'
import type { BackTests } from './reads-back-test'

/** What policies would have told of an SLO's past; another question abandons the one before. */
export const backTestQuery = (sloId: number | null, policies: string[], days: number) =>
  queryOptions({
    queryKey: ['slos', 'back-test', sloId, policies, days],
    queryFn:
      sloId === null
        ? skipToken
        : async ({ signal }): Promise<BackTests> => {
            const query = new URLSearchParams([['days', String(days)], ...policies.map((slug) => ['policy', slug])])
            const response = await fetch(`/api/slos/${sloId}/back-test?${query}`, { signal })
            const answer = (await response.json()) as BackTests & { detail?: string }
            if (!response.ok) throw new Error(answer.detail ?? `The portal answered ${response.status}.`)
            return answer
          },
    staleTime: 60_000,
    retry: false,
  })

/** Names of the policies, to choose from. */
export const policyChoicesQuery = () =>
  queryOptions({
    queryKey: ['alert-policies', 'choices'],
    queryFn: async ({ signal }): Promise<{ slug: string; name: string }[]> => {
      const response = await fetch('/api/v1/alert-policies', { signal })
      if (!response.ok) throw new Error(String(response.status))
      return ((await response.json()) as { items: { slug: string; name: string }[] }).items
    },
    staleTime: 60_000,
    retry: 1,
  })
