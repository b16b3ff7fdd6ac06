import { PageSkeleton } from '@/components/frame/page-skeleton'

/** The description of the service and the titles stand above its SLOs. */
export default function Loading() {
  return <PageSkeleton title="Service" rows={8} height={26} above={150} />
}
