'use client'
import { Link } from '@/components/ui/link'
import type { Ranked } from '@/lib/priority/priority'
import type { PriorityRow } from '@/lib/priority/schema'
import { formulaText, partTexts } from '@/lib/priority/words'
import { EstimateForm } from './estimate-form'

type Props = { row: Ranked<PriorityRow>; people: { id: string; name: string }[]; may: boolean }

/** How the score was worked out, what to do with what speaks for it, and what people said. */
export function PriorityWhy({ row, people, may }: Props) {
  const { slo, actions, note } = row
  return (
    <div className="pr-why">
      <div>
        <h3>Why it stands here</h3>
        <p className="pr-formula">{formulaText(row)}</p>
        <dl className="pr-parts">
          {partTexts(row).map(({ part, value, text }) => (
            <div key={part}>
              <dt>{part}</dt>
              <dd className="num">{value}</dd>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <p>
          <Link href={`/slos/${slo.id}`}>{slo.name}</Link>, <Link href={`/slos/${slo.id}/ledger`}>its ledger</Link>
        </p>
      </div>
      <div>
        <h3>What to do</h3>
        <ol className="pr-actions">
          {actions.map(({ what, because, href }) => (
            <li key={what}>
              {href ? <Link href={href}>{what}</Link> : <b>{what}</b>}
              <span>{because}</span>
            </li>
          ))}
        </ol>
      </div>
      <div>
        <h3>Who and where</h3>
        {may ? <EstimateForm key={row.version} row={row} people={people} /> : <p>{note || 'Nothing was written about it.'}</p>}
      </div>
    </div>
  )
}
