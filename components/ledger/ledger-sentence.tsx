import { floored, spentText } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import type { SloLedger } from '@/lib/ledger/schema'

/** The answer in a sentence: how much is gone, and how much of that has a cause. */
export function LedgerSentence({ ledger }: { ledger: SloLedger }) {
  const { consumed, lines, budget, period, asOf, whole, zone } = ledger
  const unexplained = lines.find(({ kind }) => kind === 'unexplained')?.share ?? 0
  const spent = lines.filter(({ share, kind }) => share > 0 && kind !== 'measured').reduce((sum, { share }) => sum + share, 0)
  const known = spent > 0 ? Math.max(0, (spent - unexplained) / spent) : null
  const running = whole.to > period.to
  return (
    <p className="ledger-lead">
      <b>{spentText(consumed)} %</b> of the budget of ≈ {floored(budget.minutes, 1)} min is gone {running ? 'so far' : ''} from{' '}
      {dayText(period.from, asOf, zone)} to {dayText(period.to, asOf, zone)}.{' '}
      {known === null ? (
        'Nothing failed.'
      ) : (
        <>
          <b>{floored(known * 100, 0)} %</b> of what was spent has a cause.
        </>
      )}
    </p>
  )
}
