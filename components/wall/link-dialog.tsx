'use client'
import { useState } from 'react'
import { createLinkNow } from '@/app/(portal)/settings/walls/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { TIERS, tierText } from '@/lib/service/tier'
import { newWallLinkSchema } from '@/lib/wall/schema'
import { LinkMade } from './link-made'

type Props = { teams: { slug: string; name: string }[]; onClose: () => void }
const LOST = 'The portal does not answer. Nothing was made; try again in a minute.'

/** A new link for one screen. Its address is shown once. */
export function LinkDialog({ teams, onClose }: Props) {
  const [draft, setDraft] = useState({ name: '', team: '', tier: '', days: '365' })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [path, setPath] = useState<string | null>(null)
  const set = (key: keyof typeof draft) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [key]: event.target.value })
  const refused = (issues: { path: string; message: string }[], words: string) => {
    setErrors(Object.fromEntries(issues.map((issue) => [issue.path, issue.message])))
    setMessage(words)
  }
  const make = async () => {
    const { name, team, tier, days } = draft
    const input = { name, team: team || null, tier: tier || null, days: days.trim() === '' ? null : Number(days) }
    const parsed = newWallLinkSchema.safeParse(input)
    if (!parsed.success)
      return refused(
        parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
        'Correct what is marked, then try again.',
      )
    setBusy(true)
    const done = await createLinkNow(input).catch(() => null)
    setBusy(false)
    if (!done) return setMessage(LOST)
    if (!done.ok) return refused(done.issues, done.message)
    setPath(done.data.path)
  }
  if (path !== null) return <LinkMade name={draft.name} path={path} onClose={onClose} />
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title="New link to the wall">
      <form
        className="e-conflict"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <Field label="Where the screen hangs" error={errors.name}>
          {(ids) => (
            <input className="input" {...ids} value={draft.name} onChange={set('name')} maxLength={100} autoComplete="off" />
          )}
        </Field>
        <Field label="Team" hint="Only services of this team; no address can widen it." error={errors.team}>
          {(ids) => (
            <select className="input" {...ids} value={draft.team} onChange={set('team')}>
              <option value="">All teams</option>
              {teams.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Tier" error={errors.tier}>
          {(ids) => (
            <select className="input" {...ids} value={draft.tier} onChange={set('tier')}>
              <option value="">All tiers</option>
              {TIERS.map((one) => (
                <option key={one} value={one}>
                  {tierText(one)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Days it works" hint="Empty: until it is revoked." error={errors.days}>
          {(ids) => <input className="input" {...ids} inputMode="numeric" value={draft.days} onChange={set('days')} />}
        </Field>
        <p role="alert">{message}</p>
        <div className="e-choices">
          <button type="button" className="btn btn-quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn btn-primary" disabled={busy}>
            {busy ? 'Making …' : 'Make the link'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
