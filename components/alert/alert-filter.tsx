import { Link } from '@/components/ui/link'
import type { AlertFilter } from '@/lib/alert/schema'

type Choice = { words: string; change: Partial<Record<keyof AlertFilter, string | undefined>> }
const CHOICES: Choice[] = [
  { words: 'All', change: { state: undefined, severity: undefined } },
  { words: 'Firing', change: { state: 'firing', severity: undefined } },
  { words: 'Pages', change: { state: undefined, severity: 'page' } },
  { words: 'Tickets', change: { state: undefined, severity: 'ticket' } },
]

/** Which alerts are listed; the address says it, so that it can be sent to somebody. */
export function AlertFilterBar({ filter, about }: { filter: AlertFilter; about: string | null }) {
  const hrefOf = (change: Choice['change']) => {
    const merged = { ...filter, ...change }
    const query = new URLSearchParams(
      Object.entries(merged).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
    )
    return query.size > 0 ? `/alerts?${query}` : '/alerts'
  }
  return (
    <nav className="a-filter" aria-label="Which alerts">
      {CHOICES.map(({ words, change }) => {
        const here = (['state', 'severity'] as const).every((key) => filter[key] === change[key])
        return (
          <Link key={words} href={hrefOf(change)} aria-current={here ? 'true' : undefined}>
            {words}
          </Link>
        )
      })}
      {about ? (
        <span>
          of {about} <Link href={hrefOf({ slo: undefined, service: undefined })}>Show all</Link>
        </span>
      ) : null}
    </nav>
  )
}
