import { Link } from '@/components/ui/link'
import type { Imported } from '@/lib/slo-as-code/import-schema'
import { countText } from './fault-counts'

/** The button that was pressed is gone. */
const focusOn = (heading: HTMLHeadingElement | null) => heading?.focus()

/** What is there now, and the way to each. */
export function ImportResult({ imported, onMore }: { imported: Imported; onMore: () => void }) {
  const made = imported.filter(({ verb }) => verb === 'create')
  const changed = imported.filter(({ verb }) => verb === 'change')
  return (
    <div className="import-result">
      <div className="import-said" role="status">
        <h2 ref={focusOn} tabIndex={-1}>
          {[made.length > 0 ? `${countText(made.length, 'new SLO')}` : '', changed.length > 0 ? `${changed.length} changed` : '']
            .filter(Boolean)
            .join(', ') || 'Nothing had to change'}
        </h2>
        {made.length > 0 ? (
          <p>
            Up to 90 days of history are being read from their source. Each shows its budget as soon as it is there, in minutes.
          </p>
        ) : null}
      </div>
      <Group title="New" of={made} />
      <Group title="Changed" of={changed} />
      <p className="drop-ways">
        <Link className="btn btn-primary" href="/">
          Overview
        </Link>
        <button type="button" className="btn" onClick={onMore}>
          Import more
        </button>
      </p>
    </div>
  )
}

function Group({ title, of }: { title: string; of: Imported }) {
  if (of.length === 0) return null
  return (
    <section className="panel">
      <h3>
        {title} <span>{of.length}</span>
      </h3>
      <ul>
        {of.map(({ id, name, service }) => (
          <li key={id}>
            <Link href={`/slos/${id}`}>{name}</Link> <span>{service}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
