import { useEffect, useRef } from 'react'
import { StateMark } from '@/components/slo/state-mark'
import { Icon, type IconName } from '@/components/ui/icon'
import type { AgendaItem, Snapshot } from '@/lib/review/snapshot'

const ICONS: Record<Exclude<AgendaItem['kind'], 'slo'>, IconName> = {
  actions: 'list',
  rest: 'layers',
  incident: 'pulse',
  quiet: 'pulse',
  releases: 'tag',
  waivers: 'shield',
  close: 'check',
}

type Props = { snapshot: Snapshot; step: number; now: number; onGo: (step: number) => void }

/** What there is to go through; what was looked at is quiet. */
export function AgendaList({ snapshot, step, now, onGo }: Props) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.children[step]?.scrollIntoView({ block: 'nearest' })
  }, [step])
  return (
    <nav className="rv-agenda" aria-label="Agenda">
      <ol ref={list}>
        {snapshot.items.map((item, i) => {
          const slo = item.kind === 'slo' ? snapshot.slos.find(({ id }) => id === item.id) : undefined
          const first = item.part !== snapshot.items[i - 1]?.part && i > 0
          return (
            <li key={item.key} className={`${i < now ? 'rv-done' : ''} ${first ? 'rv-part' : ''}`}>
              <button type="button" aria-current={i === step ? 'step' : undefined} onClick={() => onGo(i)}>
                <span className="rv-mark">
                  {slo ? (
                    <StateMark state={slo.state} />
                  ) : (
                    <Icon name={ICONS[item.kind as keyof typeof ICONS]} className="rv-ic" />
                  )}
                </span>
                <b>{slo ? slo.service.name : item.title}</b>
                {i < now ? (
                  <span className="rv-tick" role="img" aria-label="looked at">
                    ✓
                  </span>
                ) : null}
                <small>{slo ? `${slo.name}` : item.reason}</small>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
