import type { Fault } from '@/lib/slo-as-code/fault'
import { FaultMark } from './fault-mark'
import type { Needs } from './plan-rows'

type Place = { file: string; line: number }
type Props = { needs: Needs; tails: Map<string, string>; onPlace: (place: Place) => void }

const MOST_FAULTS = 50
const MOST_PLACES = 12

/** What the portal needs to know beyond what the files say, and who asks for it. */
export function Needed({ needs: { source, team, other }, tails, onPlace }: Props) {
  return (
    <div className="plan-needed">
      <Choice one="One SLO names" many="SLOs name" what="data source" faults={source} {...{ tails, onPlace }} />
      <Choice one="One new service names" many="new services name" what="team" faults={team} {...{ tails, onPlace }} />
      {other.length > 0 ? (
        <ul>
          {other.slice(0, MOST_FAULTS).map((fault) => (
            <li key={`${fault.file} ${fault.line} ${fault.path} ${fault.reason}`}>
              <button type="button" className="faults-one" onClick={() => onPlace(fault)}>
                <FaultMark severity={fault.severity} />
                <span className="faults-words">
                  {fault.reason} <b>{fault.suggestion}</b>
                </span>
                <span className="faults-place" title={fault.file}>
                  {tails.get(fault.file) ?? fault.file}:{fault.line}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {other.length > MOST_FAULTS ? <p>And {other.length - MOST_FAULTS} more.</p> : null}
    </div>
  )
}

type ChoiceProps = { one: string; many: string; what: string; faults: Fault[] } & Pick<Props, 'tails' | 'onPlace'>

function Choice({ one, many, what, faults, tails, onPlace }: ChoiceProps) {
  if (faults.length === 0) return null
  return (
    <section>
      <h2>
        {faults.length === 1 ? one : `${faults.length} ${many}`} no {what} that is here.
      </h2>
      <p>Choose one beside, or write it into the files:</p>
      <ul>
        {faults.slice(0, MOST_PLACES).map((fault) => (
          <li key={`${fault.file} ${fault.line} ${fault.object}`}>
            <button type="button" className="plan-place" title={fault.file} onClick={() => onPlace(fault)}>
              {fault.object?.replace(/^\w+ /, '')} <span>{`${tails.get(fault.file) ?? fault.file}:${fault.line}`}</span>
            </button>
          </li>
        ))}
      </ul>
      {faults.length > MOST_PLACES ? <p>And {faults.length - MOST_PLACES} more.</p> : null}
    </section>
  )
}
