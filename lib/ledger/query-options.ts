import { queryOptions } from '@tanstack/react-query'
import type { Period } from '../slo/window'
import type { Annotation } from './annotation'
import type { LedgerQuery } from './period'
import type { SloLedger } from './schema'

const ask = async <T>(path: string, signal: AbortSignal): Promise<T> => {
  const response = await fetch(path, { signal, redirect: 'manual' })
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as T
}

const FRESH = 60_000
const shared = { refetchInterval: FRESH, staleTime: FRESH, retry: 1 }

export const ledgerQuery = (id: number, { period, by }: LedgerQuery) =>
  queryOptions({
    queryKey: ['slos', id, 'ledger', period, by],
    queryFn: ({ signal }) => ask<SloLedger>(`/api/slos/${id}/ledger?period=${period}&by=${by}`, signal),
    ...shared,
  })

export const annotationsQuery = (id: number, { from, to }: Period) =>
  queryOptions({
    queryKey: ['slos', id, 'annotations', from, to],
    queryFn: ({ signal }) => ask<Annotation[]>(`/api/slos/${id}/annotations?from=${from}&to=${to}`, signal),
    ...shared,
  })
