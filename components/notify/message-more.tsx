import { Link } from '@/components/ui/link'
import { clockText, dayText } from '@/lib/format-time'
import type { MessageDetail } from '@/lib/notify/schema'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What a notice says, and every attempt to send it. */
export function MessageMore({ message: { body, path, history, key }, now }: { message: MessageDetail; now: UnixSeconds }) {
  return (
    <>
      {body.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p>
        <Link className="n-open" href={path}>
          Open what it is about
        </Link>
      </p>
      {history.length === 0 ? (
        <p className="field-hint">Nobody has tried to send it yet.</p>
      ) : (
        <ol className="n-attempts" aria-label="Attempts">
          {history.map(({ at, ok, detail }) => (
            <li key={`${at} ${detail}`}>
              <span className="num">
                {dayText(at, now)}, {clockText(at)} UTC
              </span>{' '}
              {ok ? 'arrived' : 'failed'}: {detail}
            </li>
          ))}
        </ol>
      )}
      <p className="field-hint">Key {key}</p>
    </>
  )
}
