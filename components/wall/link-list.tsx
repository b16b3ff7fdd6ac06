'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { Icon } from '@/components/ui/icon'
import { useHydrated } from '@/components/ui/use-hydrated'
import { dayText, whenText } from '@/lib/format-time'
import { tierText } from '@/lib/service/tier'
import type { UnixSeconds } from '@/lib/time-series/units'
import type { WallLinkInfo } from '@/lib/wall/schema'
import { LinkDialog } from './link-dialog'
import { RevokeDialog } from './revoke-dialog'

type Props = { links: WallLinkInfo[]; teams: { slug: string; name: string }[]; now: UnixSeconds; may: boolean }

/** Where walls hang, and who let them. */
export function LinkList({ links, teams, now, may }: Props) {
  const router = useRouter()
  // A press before the page listens would be lost.
  const ready = useHydrated()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<WallLinkInfo | null>(null)
  const add = (
    <button type="button" className="btn btn-primary" disabled={!ready} onClick={() => setAdding(true)}>
      Make a link
    </button>
  )
  return (
    <>
      <div className="n-head">
        <p className="wl-words">
          The wall is for a screen nobody touches: what needs eyes first, large, and dim while all is well. A link shows it
          without signing in, and nothing else of Headroom.
        </p>
        <span className="wl-do">
          <a className="btn" href="/wall">
            <Icon name="screen" />
            Open the wall
          </a>
          {may && links.length > 0 ? add : null}
        </span>
      </div>
      {links.length === 0 ? (
        <EmptyState title="No screen has a link" action={may ? add : undefined}>
          {may
            ? 'Make one for each screen, so that one can be revoked without the others.'
            : 'Administrators and SLO owners make links for screens that nobody signs in to.'}
        </EmptyState>
      ) : (
        <table className="s-table n-table wl-table">
          <caption className="sr-only">Links to the wall</caption>
          <thead>
            <tr>
              <th scope="col">Screen</th>
              <th scope="col">Shows</th>
              <th scope="col">State</th>
              <th scope="col">Last used</th>
              <th scope="col">Made</th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <tr key={link.id}>
                <th scope="row">
                  <b>{link.name}</b>
                  <span className="n-second">{link.prefix}…</span>
                </th>
                <td>{shows(link)}</td>
                <td>
                  <LinkState link={link} now={now} />
                  {link.state === 'works' && link.makerLeft ? (
                    <span className="wl-left">
                      <Icon name="leave" /> made by {link.createdBy}, who has left: make a new one and revoke this
                    </span>
                  ) : null}
                </td>
                <td>{link.lastUsedAt === null ? 'never' : whenText(link.lastUsedAt, now)}</td>
                <td>
                  {dayText(link.createdAt, now)}
                  <span className="n-second">{link.createdBy}</span>
                </td>
                <td className="c-do">
                  {may && link.state === 'works' ? (
                    <button type="button" className="btn btn-quiet btn-sm" disabled={!ready} onClick={() => setEnding(link)}>
                      Revoke<span className="sr-only"> {link.name}</span>
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adding ? (
        <LinkDialog
          teams={teams}
          onClose={() => {
            setAdding(false)
            router.refresh()
          }}
        />
      ) : null}
      {ending ? <RevokeDialog link={ending} onClose={() => setEnding(null)} /> : null}
    </>
  )
}

const shows = ({ team, tier }: WallLinkInfo): string =>
  [team ? team.name : '', tier ? `${tierText(tier)} services` : ''].filter(Boolean).join(', ') || 'everything'

function LinkState({ link: { state, expiresAt, revokedAt, revokedBy }, now }: { link: WallLinkInfo; now: UnixSeconds }) {
  if (state === 'revoked' && revokedAt !== null)
    return (
      <span className="n-state n-cancelled">
        <Icon name="cross" />
        revoked {whenText(revokedAt, now)} by {revokedBy}
      </span>
    )
  if (state === 'expired' && expiresAt !== null)
    return (
      <span className="n-state n-cancelled">
        <Icon name="clock" />
        expired {whenText(expiresAt, now)}
      </span>
    )
  return (
    <span className="n-state n-sent">
      <Icon name="check" />
      {expiresAt === null ? 'works until it is revoked' : `works until ${dayText(expiresAt, now)}`}
    </span>
  )
}
