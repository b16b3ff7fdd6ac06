import { PageSkeleton } from '@/components/frame/page-skeleton'

/** Strip, filter bar and titles stand above the rows. */
export default function Loading() {
  return <PageSkeleton title="Overview" rows={20} height={26} above={145} />
}
