import { RowsSkeleton } from '@/components/ui/skeleton'

type Props = { title: string; rows: number; height: number; above?: number }

/** The frame of a page whose content is on its way. */
export function PageSkeleton({ title, rows, height, above }: Props) {
  return (
    <>
      <header className="top">
        <div className="crumbs">
          <h1>{title}</h1>
        </div>
      </header>
      <main id="content" className="content" aria-busy="true">
        <p className="sr-only" role="status">
          {title} is being loaded.
        </p>
        <RowsSkeleton rows={rows} height={height} {...(above !== undefined && { above })} />
      </main>
    </>
  )
}
