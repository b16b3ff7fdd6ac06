import { Fragment } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { whenText } from '@/lib/format-time'
import type { MessageDetail, MessageInfo, OutboxFilter } from '@/lib/notify/schema'
import type { UnixSeconds } from '@/lib/time-series/units'
import { MessageDo } from './message-do'
import { MessageMark } from './message-mark'
import { MessageMore } from './message-more'

type Props = {
  messages: MessageInfo[]
  next: number | null
  shown: MessageDetail | null
  filter: OutboxFilter
  now: UnixSeconds
  may: boolean
}

/** The address of the list with one message open, or none. */
function addressOf({ state, channel, before }: OutboxFilter, change: { shown?: number; before?: number }): string {
  const search = new URLSearchParams()
  const all = { state, channel, before, ...change }
  for (const [name, value] of Object.entries(all)) if (value !== undefined) search.set(name, String(value))
  return `/settings/outbox${search.size > 0 ? `?${search}` : ''}`
}

/** Every notice, newest first: what became of it, and what will. */
export function OutboxList({ messages, next, shown, filter, now, may }: Props) {
  if (messages.length === 0)
    return (
      <EmptyState title={filter.state || filter.channel ? 'No notice matches' : 'Nothing was told yet'}>
        {filter.state || filter.channel
          ? 'Choose another state or another channel.'
          : 'Notices stand here from the moment something happens, until they have arrived and after.'}
      </EmptyState>
    )
  return (
    <>
      <table className="s-table n-table">
        <caption className="sr-only">Outbox</caption>
        <thead>
          <tr>
            <th scope="col">Notice</th>
            <th scope="col">State</th>
            <th scope="col">Channel</th>
            <th scope="col" className="num">
              Attempts
            </th>
            <th scope="col">Next, or last word</th>
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => {
            const open = shown?.id === message.id
            return (
              <Fragment key={message.id}>
                <tr>
                  <th scope="row">
                    <Link href={addressOf(filter, open ? {} : { shown: message.id })} scroll={false} aria-expanded={open}>
                      {message.subject}
                    </Link>
                    <span className="n-second">
                      {message.event}, {whenText(message.createdAt, now)}
                    </span>
                  </th>
                  <td>
                    <MessageMark state={message.state} />
                  </td>
                  <td>
                    {message.channel.name}
                    {message.channel.enabled ? '' : ' (off)'}
                  </td>
                  <td className="num">{message.attempts}</td>
                  <td className="n-words">{lastWord(message, now)}</td>
                  <td className="c-do">
                    {may ? <MessageDo id={message.id} state={message.state} subject={message.subject} /> : null}
                  </td>
                </tr>
                {open && shown ? (
                  <tr className="c-more">
                    <td colSpan={6}>
                      <MessageMore message={shown} now={now} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
        </tbody>
      </table>
      {next ? (
        <p className="n-next">
          <Link className="btn btn-sm" href={addressOf(filter, { before: next })}>
            Older ones
          </Link>
        </p>
      ) : null}
    </>
  )
}

function lastWord({ state, nextAttemptAt, lastError, sentAt, channel }: MessageInfo, now: UnixSeconds): string {
  if (state === 'sent') return sentAt === null ? '' : `arrived ${whenText(sentAt, now)}`
  if (state === 'waiting' && !channel.enabled) return 'the channel is off'
  const again = nextAttemptAt !== null && nextAttemptAt > now ? `again ${whenText(nextAttemptAt, now)}` : ''
  return [again, lastError ?? ''].filter(Boolean).join('; ')
}
