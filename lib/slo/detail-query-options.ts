import { queryOptions } from '@tanstack/react-query'
import type { HistoryRange, SloDetail, SloHistory } from './detail'

const ask = async <T>(path: string, signal: AbortSignal): Promise<T> => {
  const response = await fetch(path, { signal, redirect: 'manual' })
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as T
}

/** Figures: as often as the poller can have something new. */
export const detailQuery = (id: number) =>
  queryOptions({
    queryKey: ['slos', id, 'detail'],
    queryFn: ({ signal }) => ask<SloDetail>(`/api/slos/${id}/detail`, signal),
    refetchInterval: 15_000,
    staleTime: 15_000,
    retry: 1,
  })

/** Charts: a new minute changes them by a hair. */
export const historyQuery = (id: number, range: HistoryRange) =>
  queryOptions({
    queryKey: ['slos', id, 'history', range],
    queryFn: ({ signal }) => ask<SloHistory>(`/api/slos/${id}/history?range=${range}`, signal),
    refetchInterval: 60_000,
    staleTime: 60_000,
    retry: 1,
  })
