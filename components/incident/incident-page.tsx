'use client'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { moveNow } from '@/app/(portal)/incidents/actions'
import { useKeys } from '@/components/ui/use-keys'
import { useNow } from '@/components/ui/use-now'
import type { IncidentView } from '@/lib/incident/incident'
import type { IncidentVerb } from '@/lib/incident/lifecycle'
import { incidentQuery } from '@/lib/incident/query-options'
import type { IncidentChoices } from '@/lib/incident/reads-form'
import { ActionsPanel } from './actions-panel'
import { AlertsPanel } from './alerts-panel'
import { CostPanel } from './cost-panel'
import { EditDialog } from './edit-dialog'
import { IncidentHead } from './incident-head'
import { IncidentNotices } from './incident-notices'
import { IncidentStats } from './incident-stats'
import { LessonsPanel } from './lessons-panel'
import { NOTE_FIELD } from './note-field'
import { ScopePanel } from './scope-panel'
import { TimelinePanel } from './timeline-panel'
import { useIncident } from './use-incident'

type Props = { start: IncidentView; choices: IncidentChoices; me: string | null; now: number }
const KEYS: Record<string, IncidentVerb> = { a: 'acknowledge', m: 'mitigate', r: 'resolve' }

/** One incident: where it stands and what it costs, then what happened, then what was learned. */
export function IncidentPage({ start, choices, me, now: startedAt }: Props) {
  const { id } = start
  const { data: incident } = useQuery({ ...incidentQuery(id), initialData: start, initialDataUpdatedAt: startedAt * 1000 })
  const now = useNow(startedAt)
  const [editing, setEditing] = useState(false)
  const { run, busy, message } = useIncident(id)
  const move = useCallback((verb: IncidentVerb) => run(() => moveNow({ id, verb })), [id, run])
  const { run: mayRun, verbs } = incident.may
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      const verb = KEYS[event.key]
      if (verb && !busy && verbs.includes(verb)) void move(verb)
      const field = event.key === 'n' ? document.querySelector<HTMLElement>(`.${NOTE_FIELD}`) : null
      if (!field) return
      event.preventDefault()
      field.focus()
    },
    [move, busy, verbs],
  )
  useKeys(onKey)
  return (
    <>
      <IncidentNotices incident={incident} message={message} onEdit={() => setEditing(true)} />
      <IncidentHead incident={incident} choices={choices} me={me} busy={busy} onMove={move} onEdit={() => setEditing(true)} />
      <IncidentStats incident={incident} now={now} />
      <div className="d-columns">
        <div className="d-column">
          <CostPanel incident={incident} />
          <TimelinePanel incident={incident} now={now} />
          <LessonsPanel incident={incident} />
        </div>
        <div className="d-column">
          <ScopePanel incident={incident} now={now} />
          <AlertsPanel incident={incident} now={now} />
          <ActionsPanel incident={incident} people={choices.people} now={now} />
        </div>
      </div>
      {mayRun && editing ? (
        <EditDialog incident={incident} services={choices.services} onClose={() => setEditing(false)} />
      ) : null}
      <footer className="keys">
        {Object.entries(KEYS)
          .filter(([, verb]) => verbs.includes(verb))
          .map(([key, verb]) => (
            <span key={key}>
              <kbd>{key}</kbd> {verb}
            </span>
          ))}
        {mayRun ? (
          <span>
            <kbd>n</kbd> note
          </span>
        ) : null}
      </footer>
    </>
  )
}
