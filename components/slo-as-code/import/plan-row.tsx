import { memo } from 'react'
import { Link } from '@/components/ui/link'
import { leftText } from '@/lib/format'
import { canBeDetached, type PlanEffect } from '@/lib/slo-as-code/plan'
import { canTake, type PlanSlo } from './plan-rows'

type Props = {
  slo: PlanSlo
  /** as much of the path of its file as tells it from the others */
  tail: string | undefined
  taken: boolean
  measuring: boolean
  onTake: (key: string, take: boolean) => void
  onPlace: (place: { file: string; line: number }) => void
}

/** One SLO of the preview: whether to take it, what would become of it, and of its budget. */
export const PlanRow = memo(function PlanRow({ slo, tail, taken, measuring, onTake, onPlace }: Props) {
  const { key, name, verb, changes, reason, notes, place, effect, alerts } = slo
  const [service] = key.split('/')
  const lines = changes.map((line) => shown(line, verb))
  return (
    <div className="plan-row">
      <input
        type="checkbox"
        aria-label={`Take ${name} of ${service}`}
        checked={taken}
        disabled={!canTake(slo)}
        onChange={(event) => onTake(key, event.target.checked)}
      />
      <div className="plan-what">
        <p className="plan-name">
          <b>{name}</b> <span>{key}</span>
        </p>
        {reason ? <p className="plan-reason">{reason}</p> : null}
        {canBeDetached(slo) ? (
          <p>
            <Link href={`/slos/${slo.sloId}/edit`} target="_blank">
              Where it is detached<span className="sr-only">: {name}, opens a new tab</span>
            </Link>
          </p>
        ) : null}
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {alerts && alerts.verb !== 'unchanged' ? alerts.changes.map((line) => <p key={line}>{line}</p>) : null}
        {[...(effect?.why ? [effect.why] : []), ...notes, ...(alerts?.notes ?? [])].map((line) => (
          <p key={line} className="plan-note">
            {line}
          </p>
        ))}
      </div>
      <div className="plan-effect">{canTake(slo) ? <Effect effect={effect} measuring={measuring} /> : null}</div>
      {place ? (
        <button type="button" className="plan-place" title={place.file} onClick={() => onPlace(place)}>
          {tail ?? place.file}:{place.line}
          <span className="sr-only">, open the source of {name}</span>
        </button>
      ) : (
        <span />
      )}
    </div>
  )
})

/** That it is new is said above all of them. */
function shown(line: string, verb: PlanSlo['verb']): string {
  const text = verb === 'create' ? line.replace(/^Created: /, '') : line
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function Effect({ effect, measuring }: { effect: PlanEffect | null; measuring: boolean }) {
  if (!effect) return <span className="plan-why">{measuring ? 'measuring …' : ''}</span>
  const { before, after, over } = effect
  return (
    <>
      {before === null ? null : (
        <>
          <Left of={before} /> <span aria-hidden="true">→</span>
          <span className="sr-only">becomes</span>{' '}
        </>
      )}
      <b>
        <Left of={after} />
      </b>
      {over ? <p className="plan-why">over {over}</p> : null}
    </>
  )
}

const Left = ({ of }: { of: number | null }) => (
  <>
    {leftText(of)}
    {of === null ? null : <span className="u">%</span>}
  </>
)
