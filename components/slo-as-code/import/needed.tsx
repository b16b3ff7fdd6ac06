import type { Fault } from '@/lib/slo-as-code/fault'
import { FaultMark } from './fault-mark'
import type { Needs } from './plan-rows'

type Place = { file: string; line: number }
type Props = { needs: Needs; onPlace: (place: Place) => void }

const MOST_FAULTS = 50
const MOST_PLACES = 12

/** What the portal needs to know beyond what the files say, and who asks for it. */
export function Needed({ needs: { source, team, other }, onPlace }: Props) {
  return (
    <div className="plan-needed">
      {source.length > 0 ? (
        <Choice
          title={
            source.length === 1
              ? 'One SLO names no data source that is here.'
              : `${source.length} SLOs name no data source that is here.`
          }
          faults={source}
          onPlace={onPlace}
        />
      ) : null}
      {team.length > 0 ? (
        <Choice
          title={
            team.length === 1
              ? 'One new service names no team that is here.'
              : `${team.length} new services name no team that is here.`
          }
          faults={team}
          onPlace={onPlace}
        />
      ) : null}
      {other.length > 0 ? (
        <ul>
          {other.slice(0, MOST_FAULTS).map((fault) => (
            <li key={`${fault.file} ${fault.line} ${fault.path} ${fault.reason}`}>
              <button type="button" className="faults-one" onClick={() => onPlace(fault)}>
                <FaultMark severity={fault.severity} />
                <span className="faults-words">
                  {fault.reason} <b>{fault.suggestion}</b>
                </span>
                <span className="faults-place">
                  {fault.file.split('/').at(-1)}:{fault.line}
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

function Choice({ title, faults, onPlace }: { title: string; faults: Fault[]; onPlace: Props['onPlace'] }) {
  return (
    <section>
      <h2>{title}</h2>
      <p>Choose one beside, or write it into the files:</p>
      <ul>
        {faults.slice(0, MOST_PLACES).map((fault) => (
          <li key={`${fault.file} ${fault.line} ${fault.object}`}>
            <button type="button" className="plan-place" onClick={() => onPlace(fault)}>
              {fault.object?.replace(/^\w+ /, '')} <span>{`${fault.file.split('/').at(-1)}:${fault.line}`}</span>
            </button>
          </li>
        ))}
      </ul>
      {faults.length > MOST_PLACES ? <p>And {faults.length - MOST_PLACES} more.</p> : null}
    </section>
  )
}
