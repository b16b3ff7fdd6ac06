import { Link } from '@/components/ui/link'
import { BUCKETS, type LedgerQuery } from '@/lib/ledger/period'

type Props = { query: LedgerQuery; path: string; months: string[]; window: string }

const WORDS = { day: 'by day', week: 'by week', month: 'by month' }

/** Period and buckets are in the address: a ledger can be sent to somebody. */
export function LedgerControls({ query, path, months, window }: Props) {
  const to = (change: Partial<LedgerQuery>) => {
    const { period, by } = { ...query, ...change }
    return `${path}?period=${period}&by=${by}`
  }
  const choices = [{ period: 'window', name: window }, ...months.map((period) => ({ period, name: period }))]
  return (
    <div className="ledger-controls">
      <nav className="seg" aria-label="Period">
        {choices.map(({ period, name }) => (
          <Link key={period} href={to({ period })} data-word={name} aria-current={period === query.period ? 'true' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <nav className="seg" aria-label="Buckets">
        {BUCKETS.map((by) => (
          <Link key={by} href={to({ by })} data-word={WORDS[by]} aria-current={by === query.by ? 'true' : undefined}>
            {WORDS[by]}
          </Link>
        ))}
      </nav>
    </div>
  )
}
