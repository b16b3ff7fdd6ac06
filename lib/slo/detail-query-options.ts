import { queryOptions } from '@tanstack/react-query'
import type { HistoryRange, SloDetail, SloHistory } from './detail'

const ask = async <T>(path: string, signal: AbortSignal): Promise<T> => {
  const response = await fetch(path, { signal, redirect: 'manual' })
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as T
}

/** A history that is being read: people wait for it. */
export const isFilling = ({ lifecycle, backfill }: SloDetail): boolean =>
  lifecycle === 'active' && (backfill.state === 'pending' || backfill.state === 'running')

const WAITING = 3_000

/** Figures: as often as the poller can have something new. */
export const detailQuery = (id: number) =>
  queryOptions({
    queryKey: ['slos', id, 'detail'],
    queryFn: ({ signal }) => ask<SloDetail>(`/api/slos/${id}/detail`, signal),
    refetchInterval: ({ state: { data } }) => (data && isFilling(data) ? WAITING : 15_000),
    staleTime: 15_000,
    retry: 1,
  })

/** Charts: a new minute changes them by a hair, the end of the first fill altogether. */
export const historyQuery = (id: number, range: HistoryRange, filling: boolean) =>
  queryOptions({
    queryKey: ['slos', id, 'history', range, filling],
    queryFn: ({ signal }) => ask<SloHistory>(`/api/slos/${id}/history?range=${range}`, signal),
    refetchInterval: filling ? WAITING : 60_000,
    staleTime: 60_000,
    retry: 1,
  })
