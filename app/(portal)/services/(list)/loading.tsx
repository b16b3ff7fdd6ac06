import { PageSkeleton } from '@/components/frame/page-skeleton'

/** The titles stand above the rows. */
export default function Loading() {
  return <PageSkeleton title="Services" rows={20} height={29} above={30} />
}
