'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeNow, testNow } from '@/app/(portal)/settings/channels/actions'
import { EmptyState } from '@/components/ui/empty-state'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'
import { whenText } from '@/lib/format-time'
import { KIND_WORDS, routeText } from '@/lib/notify/channel'
import type { ChannelInfo } from '@/lib/notify/schema'
import type { UnixSeconds } from '@/lib/time-series/units'
import { ChannelDialog } from './channel-dialog'
import { RemovalDialog } from './removal-dialog'

type Props = { channels: ChannelInfo[]; teams: { slug: string; name: string }[]; now: UnixSeconds; may: boolean }
type Open = { what: 'edit'; channel: ChannelInfo | null } | { what: 'remove'; channel: ChannelInfo } | null

/** Who is told what, and whether it arrives. */
export function ChannelList({ channels, teams, now, may }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState<Open>(null)
  const [message, setMessage] = useState('')
  const close = () => setOpen(null)
  const run = async (work: Promise<{ ok: boolean; message?: string }>, done: string) => {
    const result = await work
    setMessage(result.ok ? done : (result.message ?? ''))
    router.refresh()
  }
  const add = (
    <button type="button" className="btn btn-primary" onClick={() => setOpen({ what: 'edit', channel: null })}>
      Add a channel
    </button>
  )
  return (
    <>
      <div className="n-head">
        <p role="status">{message}</p>
        {may && channels.length > 0 ? add : null}
      </div>
      {channels.length === 0 ? (
        <EmptyState title="Nobody is told yet" action={may ? add : undefined}>
          A channel is a mailing list, a Slack room, a webhook or an Alertmanager. Routes say which pages and tickets go to it.
        </EmptyState>
      ) : (
        <table className="s-table n-table">
          <caption className="sr-only">Channels</caption>
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col">Goes to</th>
              <th scope="col">What</th>
              <th scope="col">Last delivery</th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {channels.map((channel) => (
              <tr key={channel.id}>
                <th scope="row">
                  <b>{channel.name}</b>
                  <span className="n-second">
                    {KIND_WORDS[channel.kind]}
                    {channel.kind === 'webhook' ? (channel.signed ? ', signed' : ', not signed') : ''}
                  </span>
                </th>
                <td className="n-address">
                  {channel.address}
                  {channel.owners ? <span className="n-second">and whom a release or a waiver concerns</span> : null}
                </td>
                <td>
                  {channel.routes.map((route) => (
                    <span key={routeText(route)} className="n-route">
                      {routeText(route)}
                    </span>
                  ))}
                </td>
                <td>
                  <Delivery channel={channel} now={now} />
                </td>
                <td className="c-do">
                  {may ? (
                    <Menu
                      end
                      trigger={
                        <button type="button" className="btn btn-quiet btn-sm">
                          Change<span className="sr-only"> {channel.name}</span>
                          <Icon name="down" />
                        </button>
                      }
                    >
                      <MenuItem
                        onSelect={() =>
                          run(
                            testNow({ id: channel.id }),
                            `A test notice for “${channel.name}” is in the outbox and goes out now.`,
                          )
                        }
                      >
                        Send a test notice
                      </MenuItem>
                      <MenuItem onSelect={() => setOpen({ what: 'edit', channel })}>Edit</MenuItem>
                      <MenuItem
                        onSelect={() =>
                          run(
                            changeNow({ id: channel.id, version: channel.version, enabled: !channel.enabled }),
                            channel.enabled
                              ? `“${channel.name}” is off. What waits is kept; nothing new comes in.`
                              : `“${channel.name}” is on.`,
                          )
                        }
                      >
                        {channel.enabled ? 'Turn off' : 'Turn on'}
                      </MenuItem>
                      <MenuLine />
                      <MenuItem onSelect={() => setOpen({ what: 'remove', channel })}>Delete</MenuItem>
                    </Menu>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open?.what === 'edit' ? <ChannelDialog channel={open.channel} teams={teams} onClose={close} /> : null}
      {open?.what === 'remove' ? <RemovalDialog channel={open.channel} onClose={close} /> : null}
    </>
  )
}

/** On or off, what came of the last attempt, and what is not out. */
function Delivery({ channel: { id, enabled, last, waiting, failed }, now }: { channel: ChannelInfo; now: UnixSeconds }) {
  const sign = !enabled ? 'pause' : last === null ? 'clock' : last.ok ? 'check' : 'cross'
  const words = last === null ? 'nothing sent yet' : `${last.ok ? 'arrived' : 'failed'} ${whenText(last.at, now)}`
  return (
    <>
      <span className={`n-state ${enabled ? (last && !last.ok ? 'n-failed' : 'n-sent') : 'n-cancelled'}`}>
        <Icon name={sign} />
        {enabled ? words : `off; ${words}`}
      </span>
      {last && !last.ok ? <span className="n-second n-words">{last.detail}</span> : null}
      {waiting + failed > 0 ? (
        <Link className="n-second" href={`/settings/outbox?channel=${id}&state=${waiting > 0 ? 'waiting' : 'failed'}`}>
          {[waiting > 0 ? `${waiting} waiting` : '', failed > 0 ? `${failed} failed` : ''].filter(Boolean).join(', ')}
        </Link>
      ) : null}
    </>
  )
}
