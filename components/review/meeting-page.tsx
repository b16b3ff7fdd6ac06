'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useRef, useState } from 'react'
import { useKeys } from '@/components/ui/use-keys'
import type { Live } from '@/lib/review/live'
import type { Snapshot } from '@/lib/review/snapshot'
import { AgendaList } from './agenda-list'
import { Capture } from './capture'
import { ChecklistPanel } from './checklist-panel'
import { ItemAside, ItemScreen } from './item-screen'
import { KeysBar } from './keys-bar'
import { MeetingHead } from './meeting-head'
import type { Person } from './screen-props'
import { useMeeting } from './use-meeting'

type Props = { snapshot: Snapshot; initial: Live; people: Person[]; may: boolean }
type Panel = 'checklist' | 'explain' | null
type Opened = { step: number; panel: Panel; asked: boolean }

/** One thing per screen, for a room: all who look see the same step, and whoever may presses keys. */
export function MeetingPage({ snapshot, initial, people, may }: Props) {
  const router = useRouter()
  const meeting = useMeeting(snapshot, initial, may)
  const { live, step, apart } = meeting
  // Another screen begins without panels, and without half a closing: both belong to the step they were opened at.
  const [opened, setOpened] = useState<Opened>({ step, panel: null, asked: false })
  const { panel, asked } = opened.step === step ? opened : { panel: null, asked: false }
  const setPanel = (next: Panel) => setOpened({ step, panel: next, asked })
  const setAsked = (next: boolean) => setOpened({ step, panel, asked: next })
  const capture = useRef<HTMLElement>(null)
  const item = snapshot.items[step] ?? snapshot.items[0]
  const kind = item?.kind
  const focus = useCallback(
    (name: string) => capture.current?.querySelector<HTMLElement>(`[data-capture="${name}"]`)?.focus(),
    [],
  )
  const onDigit = (digit: number): boolean => {
    if (panel === 'checklist' || kind === 'close') meeting.tick(digit - 1)
    else if (kind === 'actions' && snapshot.actions[digit - 1]) meeting.settle(snapshot.actions[digit - 1]?.id ?? 0)
    else return false
    return true
  }
  const next = () => meeting.go((now) => now + 1)
  const previous = () => meeting.go((now) => now - 1)
  const leave = () => (panel ? setPanel(null) : asked ? setAsked(false) : router.push('/review'))
  const keys: Record<string, () => void> = {
    ArrowRight: next,
    ArrowLeft: previous,
    d: () => focus('decision'),
    a: () => focus('action'),
    c: () => setPanel(panel === 'checklist' ? null : 'checklist'),
    e: () => setPanel(panel === 'explain' || kind !== 'slo' ? null : 'explain'),
    p: () => meeting.conduct((now) => ({ verb: now.timer.pausedAt === null ? 'pause' : 'resume' })),
    '+': () => meeting.conduct(() => ({ verb: 'minute' })),
    f: meeting.follow,
    Escape: leave,
  }
  const onClose = () => (asked ? void meeting.close() : setAsked(true))
  const onKey = (event: KeyboardEvent) => {
    const inButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null
    if (event.key === 'Enter' && kind === 'close' && may && !inButton) onClose()
    else if (/^[1-9]$/.test(event.key) && may && onDigit(Number(event.key))) return event.preventDefault()
    else if (!keys[event.key] || (!may && ['d', 'a'].includes(event.key))) return
    else keys[event.key]?.()
    event.preventDefault()
  }
  const whileTyping = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
  }
  useKeys(onKey, whileTyping)

  if (!item) return null
  return (
    <div className="rv">
      <MeetingHead snapshot={snapshot} meeting={meeting} />
      <AgendaList snapshot={snapshot} step={step} now={live.step} onGo={(to) => meeting.go(() => to)} />
      <main id="content" className="rv-main">
        {apart === null ? null : (
          <p className="rv-apart" role="status">
            You look around. The meeting is at {live.step + 1} of {snapshot.items.length}: {snapshot.items[live.step]?.title}.{' '}
            <button type="button" className="rv-link" onClick={meeting.follow}>
              <kbd>F</kbd> follow again
            </button>
          </p>
        )}
        {meeting.message ? (
          <p className="rv-apart" role="alert">
            {meeting.message}
          </p>
        ) : null}
        <div className="rv-top">
          <ItemScreen
            key={item.key}
            {...{ snapshot, item, live, may, asked }}
            explain={panel === 'explain'}
            onTick={meeting.tick}
            onSettle={meeting.settle}
            onClose={onClose}
          />
        </div>
        <div className={`rv-bottom ${kind === 'slo' || kind === 'incident' ? '' : 'rv-wide'}`}>
          <ItemAside snapshot={snapshot} item={item} />
          {may ? <Capture {...{ snapshot, item, live, people }} send={meeting.send} at={capture} /> : null}
        </div>
      </main>
      {panel === 'checklist' ? (
        <ChecklistPanel snapshot={snapshot} live={live} may={may} onTick={meeting.tick} onClose={() => setPanel(null)} />
      ) : null}
      <KeysBar snapshot={snapshot} meeting={meeting} kind={item.kind} may={may} />
    </div>
  )
}
