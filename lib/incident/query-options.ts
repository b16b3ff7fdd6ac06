import { queryOptions } from '@tanstack/react-query'
import type { IncidentView } from './incident'

/** As often as the poller can have something new. */
const REFRESH = 15_000

export const incidentKey = (id: number) => ['incidents', id] as const

export const incidentQuery = (id: number) =>
  queryOptions({
    queryKey: incidentKey(id),
    queryFn: async ({ signal }): Promise<IncidentView> => {
      const response = await fetch(`/api/incidents/${id}`, { signal, redirect: 'manual' })
      if (!response.ok) throw new Error(String(response.status))
      return (await response.json()) as IncidentView
    },
    refetchInterval: REFRESH,
    staleTime: REFRESH,
    retry: 1,
  })
