import type { Named } from '@/lib/service/specification'

/** Terms and what they are, one a line. */
export const Pairs = ({ items }: { items: Named[] }) => (
  <dl className="spec-pairs">
    {items.map(({ name, text }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{text}</dd>
      </div>
    ))}
  </dl>
)
