import { PageSkeleton } from '@/components/frame/page-skeleton'

/** The sentence and the figures stand above the panels. */
export default function Loading() {
  return <PageSkeleton title="SLO" rows={5} height={120} above={100} />
}
