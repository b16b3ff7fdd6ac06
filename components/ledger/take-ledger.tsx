'use client'
import { bucketsCsv, ledgerCsv } from '@/components/charts/chart-csv'
import { ChartExport } from '@/components/charts/chart-export'
import { instantText } from '@/lib/format-time'
import type { LedgerLine } from '@/lib/ledger/ledger'
import type { SloLedger } from '@/lib/ledger/schema'

const ofSlo = ({ slo }: SloLedger): string => `${slo.service.name}, ${slo.name}`
const noteOf = ({ period: { from, to }, asOf, zone }: SloLedger, unit: string): string =>
  `${unit}; ${instantText(from, asOf, zone)} to ${instantText(to, asOf, zone)} ${zone}, as of ${instantText(asOf, asOf)} UTC`

/** What a line is about, without its link. */
function nameOf({ cause, kind }: LedgerLine): string {
  if (!cause) return kind.replace('-', ' ')
  if (cause.kind === 'release') return cause.version
  return cause.kind === 'dependency' ? `${cause.service}, INC-${cause.id}` : `INC-${cause.id} ${cause.title}`
}

/** Where the budget went, as a picture or as its lines. */
export const TakeLedger = ({ ledger }: { ledger: SloLedger }) => (
  <ChartExport
    name="Where the budget went"
    of={ofSlo(ledger)}
    note={noteOf(ledger, '% of the budget')}
    csv={() => ledgerCsv(ledger, nameOf)}
  />
)

/** When it went, as a picture or as what each bucket took. */
export const TakeBuckets = ({ ledger }: { ledger: SloLedger }) => (
  <ChartExport
    name={`Spent per ${ledger.by}`}
    of={ofSlo(ledger)}
    note={noteOf(ledger, '% of the budget')}
    csv={() => bucketsCsv(ledger)}
  />
)
