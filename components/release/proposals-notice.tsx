import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'

/** Releases after which a budget burned faster, until somebody has looked at them. */
export const ProposalsNotice = ({ releases }: { releases: number }) =>
  releases === 0 ? null : (
    <Notice tone="info" action={<Link href="/releases/history">Look at {releases === 1 ? 'it' : 'them'}</Link>}>
      {releases === 1 ? 'A release' : `${releases} releases`} may have made a budget burn.
    </Notice>
  )
