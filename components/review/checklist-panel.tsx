import type { Live } from '@/lib/review/live'
import type { Snapshot } from '@/lib/review/snapshot'

type Props = { snapshot: Snapshot; live: Live; may: boolean; onTick: (line: number) => void; onClose: () => void }

/** The checklist over the screen; digits tick. */
export function ChecklistPanel({ onClose, ...props }: Props) {
  return (
    <section className="rv-panel" aria-labelledby="rv-checklist">
      <h2 id="rv-checklist">Checklist</h2>
      <Checklist {...props} />
      <button type="button" className="rv-link" onClick={onClose}>
        <kbd>C</kbd> close the list
      </button>
    </section>
  )
}

export function Checklist({ snapshot: { checklist }, live: { ticks }, may, onTick }: Omit<Props, 'onClose'>) {
  return (
    <ul className="rv-checklist">
      {checklist.map((text, line) => {
        const tick = ticks.find((one) => one.line === line)
        return (
          <li key={text}>
            <label>
              {may ? <kbd>{line + 1}</kbd> : null}
              <input type="checkbox" checked={tick !== undefined} disabled={!may} onChange={() => onTick(line)} />
              <span>{text}</span>
              {tick ? <em>{tick.by}</em> : null}
            </label>
          </li>
        )
      })}
    </ul>
  )
}
