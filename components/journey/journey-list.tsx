import { StateWord } from '@/components/slo/state-badge'
import { StateMark } from '@/components/slo/state-mark'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { leftText } from '@/lib/format'
import type { JourneyStepView, JourneyView } from '@/lib/journey/journey'
import { RULE_WORDS } from '@/lib/slo/composite'
import { STATE_WORDS } from '@/lib/slo/words'

/** Journeys, the most critical first: how each went as a whole, and where. */
export function JourneyList({ journeys, may }: { journeys: JourneyView[]; may: boolean }) {
  if (journeys.length === 0)
    return (
      <EmptyState
        title="No journeys yet"
        action={
          may ? (
            <Link className="btn btn-primary" href="/journeys/new">
              Write the first one
            </Link>
          ) : null
        }
      >
        A journey is a way people take through several services. It shows where on that way things go wrong.
      </EmptyState>
    )
  return (
    <table className="s-table j-table">
      <caption className="sr-only">Journeys</caption>
      <thead>
        <tr>
          <th scope="col">Journey</th>
          <th scope="col">Criticality</th>
          <th scope="col">Its own result</th>
          <th scope="col" className="j-number">
            Budget left
          </th>
          <th scope="col">Steps</th>
        </tr>
      </thead>
      <tbody>
        {journeys.map(({ slug, name, criticality, result, steps, description }) => (
          <tr key={slug}>
            <th scope="row">
              <Link href={`/journeys/${slug}`}>{name}</Link>
              <span>{description}</span>
            </th>
            <td>{criticality}</td>
            <td>
              {result ? (
                <span className="j-own">
                  <StateWord state={result.state ?? 'no-data'} />
                  <span className="j-quiet">{result.rule ? RULE_WORDS[result.rule].name : ''}</span>
                </span>
              ) : (
                <span className="j-quiet">no composite yet</span>
              )}
            </td>
            <td className="j-number">{result?.remaining == null ? '' : `${leftText(result.remaining)} %`}</td>
            <td>
              <ol className="j-marks">
                {steps.map((step) => (
                  <li key={step.name} title={`${step.name}: ${words(step)}`}>
                    {step.slo ? <StateMark state={step.slo.state ?? 'no-data'} /> : <i className="j-none" aria-hidden="true" />}
                    <span className="sr-only">
                      {step.name}: {words(step)}
                    </span>
                  </li>
                ))}
              </ol>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const words = ({ slo }: JourneyStepView): string => (slo ? STATE_WORDS[slo.state ?? 'no-data'] : 'not measured')
