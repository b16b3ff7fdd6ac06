'use client'
import { StateWord } from '@/components/slo/state-badge'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { useHydrated } from '@/components/ui/use-hydrated'
import { ceiled } from '@/lib/format'
import { EFFORTS, type Effort, type Ranked } from '@/lib/priority/priority'
import type { PriorityRow } from '@/lib/priority/schema'
import { scoreText } from '@/lib/priority/words'
import { PriorityWhy } from './priority-why'

type Props = {
  row: Ranked<PriorityRow>
  people: { id: string; name: string }[]
  may: boolean
  open: boolean
  onToggle: () => void
  onDrag: (slo: number | null) => void
  onEstimate: (row: PriorityRow, effort: Effort) => void
}

export function PriorityRowView({ row, people, may, open, onToggle, onDrag, onEstimate }: Props) {
  const { slo, service, state, score, owner, link, actions, broken } = row
  const [first] = actions
  return (
    <>
      <tr id={`gap-${slo.id}`}>
        <td className="num">{row.rank}</td>
        <th scope="row">
          <button type="button" className="c-open" aria-expanded={open} onClick={onToggle}>
            {slo.name}
          </button>
          <span>{service.name}</span>
        </th>
        <td>
          <StateWord state={state} />
          {broken.length > 0 ? <span className="n-second">broken indicator</span> : null}
        </td>
        <td className="num">{ceiled(score.impact, 2)}</td>
        <td className="num">{ceiled(score.overspend, 2)}</td>
        <td>{may ? <EffortCell row={row} onDrag={onDrag} onEstimate={onEstimate} /> : row.effort}</td>
        <td className="num pr-score" data-label="score">
          {scoreText(score.score)}
        </td>
        <td data-label="owner">{owner?.name ?? <span className="pr-none">nobody</span>}</td>
        <td>
          {link ? (
            <a href={link} rel="noreferrer" target="_blank">
              {new URL(link).host}
              <span className="sr-only"> about {slo.name}</span>
            </a>
          ) : (
            <span className="pr-none">none</span>
          )}
        </td>
        <td>{first ? first.href ? <Link href={first.href}>{first.what}</Link> : first.what : null}</td>
      </tr>
      {open ? (
        <tr className="c-more">
          <td colSpan={10}>
            <PriorityWhy row={row} people={people} may={may} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function EffortCell({ row, onDrag, onEstimate }: Pick<Props, 'row' | 'onDrag' | 'onEstimate'>) {
  const ready = useHydrated()
  const { slo, effort, version } = row
  return (
    <div className="pr-effort">
      {/* The field beside it does the same, for whoever has no mouse. */}
      <span
        className="pr-grip"
        draggable={ready}
        aria-hidden="true"
        title="Drag it to S, M, L or XL"
        onDragStart={(event) => {
          event.dataTransfer.setData('text/plain', String(slo.id))
          event.dataTransfer.effectAllowed = 'move'
          const line = event.currentTarget.closest('tr')
          if (line) event.dataTransfer.setDragImage(line, 12, 12)
          onDrag(slo.id)
        }}
        onDragEnd={() => onDrag(null)}
      >
        <Icon name="grip" />
      </span>
      <select
        className="input"
        aria-label={`Effort of ${slo.name}`}
        value={effort}
        disabled={!ready}
        onChange={({ target }) => onEstimate(row, target.value as Effort)}
      >
        {EFFORTS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      {version === 0 ? <span className="n-second">assumed</span> : null}
    </div>
  )
}
