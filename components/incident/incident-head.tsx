'use client'
import { useState } from 'react'
import { editNow } from '@/app/(portal)/incidents/actions'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { Menu, MenuItem, MenuLabel } from '@/components/ui/menu'
import type { IncidentView } from '@/lib/incident/incident'
import type { IncidentVerb } from '@/lib/incident/lifecycle'
import type { IncidentChoices } from '@/lib/incident/reads-form'
import { VERB_WORDS } from '@/lib/incident/words'
import { FalsePositiveDialog } from './false-positive-dialog'
import { IncidentStatusMark, SeverityTag } from './marks'
import { useIncident } from './use-incident'

type Props = {
  incident: IncidentView
  choices: IncidentChoices
  me: string | null
  busy: boolean
  onMove: (verb: IncidentVerb) => void
  onEdit: () => void
}

/** What it is and where it stands, and what can be done about it. The next step comes first. */
export function IncidentHead({ incident, choices, me, busy, onMove, onEdit }: Props) {
  const { id, title, severity, status, summary, commander, version, may, falsePositive, correction } = incident
  const [doubting, setDoubting] = useState(false)
  const { run, message } = useIncident(id)
  const command = (person: string | null) => void run(() => editNow({ id, version, commander: person }))
  const asked = correction?.status === 'requested' || correction?.status === 'approved'
  return (
    <header className="d-head">
      <div className="d-name">
        <SeverityTag severity={severity} />
        <h2>{title}</h2>
        <IncidentStatusMark status={status} />
        {falsePositive ? <span className="tag">false positive</span> : null}
      </div>
      <div className="d-actions">
        {may.verbs.map((verb, i) => (
          <button
            key={verb}
            type="button"
            className={`btn ${i === 0 && verb !== 'reopen' ? 'btn-primary' : ''}`}
            disabled={busy}
            onClick={() => onMove(verb)}
          >
            {VERB_WORDS[verb].button}
          </button>
        ))}
        <Link className="btn" href={`/incidents/${id}/retrospective`}>
          Retrospective
        </Link>
        {may.run ? (
          <Menu
            end
            trigger={
              <button type="button" className="btn">
                More <Icon name="down" />
              </button>
            }
          >
            <MenuItem onSelect={onEdit}>Edit …</MenuItem>
            {asked ? null : <MenuItem onSelect={() => setDoubting(true)}>False positive …</MenuItem>}
          </Menu>
        ) : null}
      </div>
      <p className="i-command">
        Commander: <b>{commander?.name ?? 'nobody'}</b>
        {may.run && me && commander?.id !== me ? (
          <button type="button" className="btn btn-quiet btn-sm" onClick={() => command(me)}>
            Take command
          </button>
        ) : null}
        {may.run ? (
          <Menu
            trigger={
              <button type="button" className="btn btn-quiet btn-sm">
                Hand over <Icon name="down" />
              </button>
            }
          >
            <MenuLabel>Commander</MenuLabel>
            {choices.people.map(({ id: person, name }) => (
              <MenuItem key={person} onSelect={() => command(person)}>
                {name}
              </MenuItem>
            ))}
            <MenuItem onSelect={() => command(null)}>Nobody</MenuItem>
          </Menu>
        ) : null}
        <span role="alert">{message}</span>
      </p>
      {summary ? <p className="d-sentence">{summary}</p> : null}
      {doubting ? <FalsePositiveDialog id={id} onClose={() => setDoubting(false)} /> : null}
    </header>
  )
}
