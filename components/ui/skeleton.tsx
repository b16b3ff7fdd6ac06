type Props = { rows: number; height: number; above?: number }

/** Rows of the final height for a page that takes longer than a moment; the first 400 ms show nothing at all. */
export function RowsSkeleton({ rows, height, above = 0 }: Props) {
  const bones = Array.from({ length: rows }, (_, row) => ({ id: `row ${row}`, width: `${24 + ((row * 7) % 12)}%` }))
  return (
    <div className="skeleton" aria-hidden="true" style={{ paddingTop: above }}>
      {bones.map(({ id, width }) => (
        <div key={id} className="bone-row" style={{ height }}>
          <i className="bone" style={{ width: '9%' }} />
          <i className="bone" style={{ width }} />
          <i className="bone" style={{ width: '14%' }} />
          <i className="bone" style={{ width: '18%' }} />
        </div>
      ))}
    </div>
  )
}
