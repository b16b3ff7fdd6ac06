import type { DriftQuery } from '@/lib/drift/schema'

/** The address of what is looked at. */
export function addressOf({ source, page }: Pick<DriftQuery, 'source' | 'page'>): string {
  const query = new URLSearchParams()
  if (source) query.set('source', source)
  if (page > 1) query.set('page', String(page))
  return query.size === 0 ? '/drift' : `/drift?${query}`
}
