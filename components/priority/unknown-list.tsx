import { StateWord } from '@/components/slo/state-badge'
import { Link } from '@/components/ui/link'
import type { PriorityRow } from '@/lib/priority/schema'

/** What cannot be ranked because nobody knows how it stands. */
export function UnknownList({ rows }: { rows: PriorityRow[] }) {
  if (rows.length === 0) return null
  return (
    <section className="panel d-panel pr-panel" aria-labelledby="unknown-title">
      <header className="d-panel-head">
        <h2 id="unknown-title">Not ranked</h2>
        <span>nobody knows how these stand: see to their data first</span>
      </header>
      <ul className="pr-unknown">
        {rows.map(({ slo, service, state }) => (
          <li key={slo.id}>
            <StateWord state={state} />
            <Link href={`/slos/${slo.id}`}>{slo.name}</Link>
            <span>{service.name}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
