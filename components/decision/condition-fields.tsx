'use client'
import type { ReactNode } from 'react'
import type { ConditionLine } from '@/lib/decision/condition-draft'

type Props = {
  lines: ConditionLine[]
  errors: Record<string, string>
  onChange: (index: number, line: ConditionLine) => void
}
/** Where the key c leads. */
export const CONDITIONS_ID = 'conditions-first'

/** Conditions as sentences: ticked ones are set with the approval, and their figures can be changed. */
export function ConditionFields({ lines, errors, onChange }: Props) {
  return (
    <fieldset className="v-conditions">
      <legend className="field-label">Conditions</legend>
      {lines.map((line, index) => {
        const error = Object.entries(errors).find(([path]) => path.startsWith(`${index}.`) || path === String(index))?.[1]
        const set = (name: string, value: string) =>
          onChange(index, { ...line, on: true, values: { ...line.values, [name]: value } })
        return (
          <div key={line.kind} className="v-condition">
            <input
              type="checkbox"
              id={index === 0 ? CONDITIONS_ID : undefined}
              aria-label={NAMES[line.kind]}
              aria-describedby={error ? `condition-${line.kind}` : undefined}
              checked={line.on}
              onChange={({ target }) => onChange(index, { ...line, on: target.checked })}
            />
            <span>
              {sentenceOf(line, (name, label, width) => (
                <input
                  className={`input v-in v-in-${width}`}
                  aria-label={label}
                  aria-invalid={error !== undefined}
                  value={line.values[name] ?? ''}
                  onChange={({ target }) => set(name, target.value)}
                />
              ))}
            </span>
            {error ? (
              <p id={`condition-${line.kind}`} className="field-error">
                {error}
              </p>
            ) : null}
          </div>
        )
      })}
    </fieldset>
  )
}

const NAMES: Record<ConditionLine['kind'], string> = {
  canary: 'A canary first',
  rollback: 'Rolls back by itself',
  hours: 'Only at certain hours',
  spend: 'Stops after spending',
  watcher: 'Somebody watches it',
  other: 'A condition in your own words',
}

type Slot = (name: string, label: string, width: 'figure' | 'time' | 'word' | 'words') => ReactNode

function sentenceOf({ kind, values }: ConditionLine, slot: Slot): ReactNode {
  switch (kind) {
    case 'canary':
      return (
        <>
          Canary {slot('share', 'Share of the canary in percent', 'figure')} % for at least{' '}
          {slot('minutes', 'Minutes of the canary', 'figure')} min
        </>
      )
    case 'rollback':
      return <>Rolls back by itself above 1 h burn of {slot('burn', 'Burn rate', 'figure')} ×</>
    case 'hours':
      return (
        <>
          Only between {slot('from', 'From', 'time')} and {slot('to', 'To', 'time')} {values.timeZone}
        </>
      )
    case 'spend':
      return <>Stops after spending {slot('share', 'Budget limit in percent', 'figure')} % of the budget</>
    case 'watcher':
      return <>{slot('name', 'Who watches', 'word')} watches it</>
    case 'other':
      return <>Also: {slot('text', 'Condition in your own words', 'words')}</>
  }
}
