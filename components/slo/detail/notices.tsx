import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { floored } from '@/lib/format'
import { whenText } from '@/lib/format-time'
import type { SloDetail } from '@/lib/slo/detail'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What stands between this SLO and a present figure. */
export function Notices({ detail, now }: { detail: SloDetail; now: UnixSeconds }) {
  const { backfill, quarantine, source } = detail
  if (detail.lifecycle === 'draft')
    return (
      <Notice tone="info" action={<Link href={`/slos/${detail.id}/edit`}>Go on writing</Link>}>
        This is a draft: it is written down and not measured. Activate it when it is right.
      </Notice>
    )
  return (
    <>
      {source.staleSince !== null ? (
        <Notice>
          The source {source.name} does not answer since {whenText(source.staleSince, now)}
          {source.lastError ? `: ${source.lastError.replace(/\.$/, '')}` : ''}. It is asked again
          {source.retryAt !== null && source.retryAt > now ? ` ${whenText(source.retryAt, now)}` : ' every minute'}; what is
          missing is read then.
        </Notice>
      ) : null}
      {quarantine ? (
        <Notice tone="critical">
          The source refuses the query of this SLO since {whenText(quarantine.since, now)}: {quarantine.error} Correct its
          definition; all other SLOs go on.
        </Notice>
      ) : null}
      {backfill.state === 'failed' && !quarantine ? (
        <Notice tone="critical">History could not be read: {backfill.error}</Notice>
      ) : null}
      {backfill.state === 'pending' || backfill.state === 'running' ? <Filling {...backfill} /> : null}
    </>
  )
}

function Filling({ from, to, cursor }: SloDetail['backfill']) {
  const share = from === null || to === null || cursor === null ? 0 : (cursor - from) / Math.max(1, to - from)
  return (
    <Notice tone="info">
      History is being read from the source: {floored(share * 100, 0)} %{' '}
      <progress className="filling" value={share} aria-label="History read" />
    </Notice>
  )
}
