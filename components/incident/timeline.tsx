import { instantText } from '@/lib/format-time'
import type { EventView } from '@/lib/incident/incident'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What happened, oldest first; what people wrote stands out. */
export const Timeline = ({ events, now }: { events: EventView[]; now: UnixSeconds }) => (
  <ol className="i-timeline">
    {events.map(({ id, at, kind, text, author }) => (
      <li key={id} className={kind === 'note' ? 'i-note' : undefined}>
        <time dateTime={new Date(at * 1000).toISOString()}>{instantText(at, now)}</time>
        <p>{text}</p>
        <span>{author}</span>
      </li>
    ))}
  </ol>
)
