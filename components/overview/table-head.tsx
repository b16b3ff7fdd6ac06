import type { Sort } from '@/lib/slo/overview-rows'
import { type Column, columnsFor, type Heads } from './columns'

type Props = { heads: Heads; sort?: Sort; onSort?: (key: Sort['key']) => void }

/** Without `onSort` the titles are only titles. */
export function TableHead({ heads, sort, onSort }: Props) {
  return (
    <thead>
      <tr>
        {columnsFor(heads).map((column) => (
          <th
            key={column.id}
            scope="col"
            className={`c-${column.id}`}
            aria-sort={sort && column.sort === sort.key ? (sort.descending ? 'descending' : 'ascending') : undefined}
            aria-label={column.id === 'bar' ? 'Budget left, from −50 to 100 %' : undefined}
          >
            <Title column={column} {...(sort && { sort })} {...(onSort && { onSort })} />
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Title({ column: { title, note, sort: key }, sort, onSort }: { column: Column; sort?: Sort; onSort?: Props['onSort'] }) {
  const arrow = sort && key === sort.key ? (sort.descending ? ' ↓' : ' ↑') : ''
  const words = (
    <>
      {note ? <span className="o-title">{title}</span> : null}
      <span className="o-note">{`${note ?? title}${arrow}`}</span>
    </>
  )
  if (!key || !onSort) return words
  return (
    <button type="button" onClick={() => onSort(key)}>
      {words}
    </button>
  )
}
