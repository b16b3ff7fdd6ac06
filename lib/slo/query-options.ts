import { queryOptions } from '@tanstack/react-query'
import type { OverviewTable } from './overview-rows'
import { type OverviewWire, unpackOverview } from './overview-wire'

/** As often as the poller can have something new. */
const REFRESH = 15_000

export const overviewKey = ['slos', 'overview'] as const

/** The whole overview; an unchanged one is answered with 304 and stays the same object, so nothing renders. */
export const overviewQuery = () =>
  queryOptions({
    queryKey: overviewKey,
    queryFn: async ({ client, signal }): Promise<OverviewTable> => {
      const known = client.getQueryData<OverviewTable>(overviewKey)
      const headers: HeadersInit = known ? { 'If-None-Match': `"${known.version}"` } : {}
      const response = await fetch('/api/slos/overview', { signal, headers, redirect: 'manual' })
      if (response.status === 304 && known) return known
      if (!response.ok) throw new Error(String(response.status))
      return unpackOverview((await response.json()) as OverviewWire)
    },
    refetchInterval: REFRESH,
    staleTime: REFRESH,
    retry: 1,
    structuralSharing: false,
  })
