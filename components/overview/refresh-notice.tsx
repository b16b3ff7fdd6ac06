import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { ageText } from '@/lib/format'
import { clockText } from '@/lib/format-time'

const LATE = 240

type Props = { error: Error | null; asOf: number | null; now: number; onRetry: () => void }

/** Says when what is shown is not what holds now. What was last known stays on the screen. */
export function RefreshNotice({ error, asOf, now, onRetry }: Props) {
  const known = asOf === null ? '' : ` What you see held at ${clockText(asOf)} UTC.`
  if (error?.message === '401') return <Notice action={<Link href="/sign-in">Sign in</Link>}>You are signed out.{known}</Notice>
  if (error)
    return (
      <Notice
        tone="critical"
        action={
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        }
      >
        The portal does not answer, so nothing is refreshed.{known}
      </Notice>
    )
  if (asOf !== null && now - asOf > LATE)
    return (
      <Notice>
        Nothing was evaluated for {ageText(now - asOf)}: the poller is late or stopped.{known}
      </Notice>
    )
  return null
}
