import { PageSkeleton } from '@/components/frame/page-skeleton'

/** One row for each template. */
export default function Loading() {
  return <PageSkeleton title="Templates" rows={12} height={38} />
}
