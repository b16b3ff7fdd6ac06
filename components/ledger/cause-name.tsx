import { Link } from '@/components/ui/link'
import { dayText, lengthText } from '@/lib/format-time'
import type { LedgerLine } from '@/lib/ledger/ledger'
import type { UnixSeconds } from '@/lib/time-series/units'

const PLAIN = {
  'no-data': ['No data', 'counts as bad here'],
  measured: ['Excluded', 'as measured'],
  excluded: ['Excluded', 'taken out'],
  credit: ['Credit', 'granted'],
  unexplained: ['Unexplained', 'no event'],
} as const

/** Who or what a line is about: its name, a link, and when. */
export function CauseName({ line, now }: { line: LedgerLine; now: UnixSeconds }) {
  const { cause, kind, when } = line
  if (!cause) {
    const [name, note] = PLAIN[kind as keyof typeof PLAIN]
    const linked = kind === 'measured' || kind === 'excluded' || kind === 'credit'
    return (
      <>
        {linked ? <Link href="/corrections">{name}</Link> : <b>{name}</b>} <span>{note}</span>
      </>
    )
  }
  const stretch = when ? `${dayText(when.from, now)}, ${lengthText(Math.max(60, when.to - when.from))}` : ''
  if (cause.kind === 'release')
    return (
      <>
        <Link href={`/releases/history?service=${cause.slug}`}>{cause.version}</Link> <span>{stretch}, above its before</span>
      </>
    )
  return (
    <>
      <Link href={`/incidents/${cause.id}`} title={cause.title}>
        {cause.kind === 'dependency' ? cause.service : `INC-${cause.id}`}
      </Link>{' '}
      <span>{cause.kind === 'dependency' ? `INC-${cause.id}, ${stretch}` : `${stretch} · ${cause.title}`}</span>
    </>
  )
}
