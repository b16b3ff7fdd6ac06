import { queryOptions } from '@tanstack/react-query'
import type { SloChoice } from './choices'

/** What may be chosen; asked once while a form is open. */
export const choicesQuery = () =>
  queryOptions({
    queryKey: ['slos', 'choices'],
    queryFn: async ({ signal }): Promise<SloChoice[]> => {
      const response = await fetch('/api/slos/choices', { signal, redirect: 'manual' })
      if (!response.ok) throw new Error(String(response.status))
      return ((await response.json()) as { items: SloChoice[] }).items
    },
    staleTime: 60_000,
    retry: 1,
  })
