'use client'
import { useRouter } from 'next/navigation'
import { Link } from '@/components/ui/link'
import { Menu, MenuItem } from '@/components/ui/menu'
import type { LaneGroup } from './prepare-lane'

/** What can be pressed in the event lane: one mark leads to its page, several close together open a list. */
export function LaneTarget({ group: { left, width, marks } }: { group: LaneGroup }) {
  const router = useRouter()
  const [first] = marks
  if (!first) return null
  const note = (
    <span className={left > 50 ? 'lane-note lane-end' : 'lane-note'} aria-hidden="true">
      {marks.slice(0, MOST).map(({ key, text }) => (
        <span key={key}>{text}</span>
      ))}
      {marks.length > MOST ? <span>and {marks.length - MOST} more</span> : null}
    </span>
  )
  return (
    <li className="lane-target" style={{ left: `${left}%`, width: `${width}%` }}>
      {marks.length === 1 ? (
        <Link href={first.href} aria-label={first.text}>
          {note}
        </Link>
      ) : (
        <Menu
          trigger={
            <button type="button" aria-label={`${marks.length} events: ${marks.map(({ text }) => text).join('; ')}`}>
              {note}
            </button>
          }
        >
          {marks.map(({ key, text, href }) => (
            <MenuItem key={key} onSelect={() => router.push(href)}>
              {text}
            </MenuItem>
          ))}
        </Menu>
      )}
    </li>
  )
}

const MOST = 6
