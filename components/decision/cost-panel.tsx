import { StateWord } from '@/components/slo/state-badge'
import { Link } from '@/components/ui/link'
import type { ReleaseDecision } from '@/lib/decision/decision'
import { type CostOutlook, costOutlook, type Scenario } from '@/lib/decision/outlook'
import { factorText, leftText, MINUS, NONE, spentText } from '@/lib/format'

const WIDTH = 250

/** What releases like this one have cost, and what each of that would leave. */
export function CostPanel({ evaluation }: { evaluation: ReleaseDecision }) {
  const outlook = costOutlook(evaluation)
  return (
    <section className="panel v-cost" aria-labelledby="may-cost">
      <header className="d-panel-head">
        <h3 id="may-cost">What it may cost</h3>
        {outlook ? (
          <span>
            of the budget of <Link href={`/slos/${outlook.slo.id}`}>{outlook.slo.name}</Link>
          </span>
        ) : null}
      </header>
      {outlook ? (
        <Table outlook={outlook} />
      ) : (
        <p className="v-none">
          {evaluation.slos.length === 0
            ? 'No SLO of this service gates releases, so there is no budget to lose.'
            : 'No release of this service has been measured for a whole day yet.'}
        </p>
      )}
    </section>
  )
}

function Table({ outlook }: { outlook: CostOutlook }) {
  const cuts = outlook.floors.filter((floor) => floor < outlook.high)
  return (
    <table className="v-costs">
      <caption className="sr-only">What is left after the release</caption>
      <thead>
        <tr>
          <th scope="col">If</th>
          <th scope="col" className="num">
            Costs
          </th>
          <th scope="col" className="num">
            Leaves
          </th>
          <th scope="col" className="v-bar">
            {cuts.length === 0 ? '' : `floors ${cuts.map((floor) => `${factorText(floor * 100)} %`).join(', ')}`}
          </th>
          <th scope="col">State after</th>
        </tr>
      </thead>
      <tbody>
        {outlook.scenarios.map((scenario) => (
          <tr key={scenario.name}>
            <th scope="row">
              {scenario.name} <span>{scenario.note}</span>
            </th>
            <td className="num">
              {scenario.costs === null ? (
                NONE
              ) : (
                <Percent text={`${scenario.costs > 0 ? MINUS : ''}${spentText(scenario.costs)}`} />
              )}
            </td>
            <td className="num v-leaves">
              <Percent text={leftText(scenario.leaves)} />
            </td>
            <td className="v-bar">
              <CostBar scenario={scenario} outlook={outlook} />
            </td>
            <td>
              <StateWord state={scenario.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Percent = ({ text }: { text: string }) => (
  <>
    {text}
    <span className="u">%</span>
  </>
)

/** What is left is filled, what goes is hatched, what is overspent is hatched in plum; zero is the strongest line. */
function CostBar({
  scenario: { costs, leaves, state },
  outlook: { low, high, floors },
}: {
  scenario: Scenario
  outlook: CostOutlook
}) {
  const at = (share: number) => ((Math.max(low, Math.min(high, share)) - low) / (high - low)) * WIDTH
  const [zero, end, before] = [at(0), at(leaves), at(leaves + (costs ?? 0))]
  const goes = Math.max(zero, end)
  return (
    <svg className={`v-costbar is-${state}`} viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
      <defs>
        <pattern id="cost-goes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--surface)" />
          <path d="M0 0V5" stroke="var(--text-3)" strokeWidth="2.4" />
        </pattern>
        <pattern id="cost-over" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" fill="var(--exhausted-tint)" />
          <rect width="2.4" height="4" fill="var(--exhausted-mark)" />
        </pattern>
      </defs>
      <rect x={zero} y="2" width={Math.max(0, at(high) - zero)} height="10" fill="var(--inset)" />
      {leaves > 0 ? <rect x={zero} y="2" width={Math.max(1, end - zero)} height="10" fill="var(--m)" /> : null}
      {leaves < 0 ? <rect x={end} y="2" width={Math.max(1, zero - end)} height="10" fill="url(#cost-over)" /> : null}
      {before > goes ? <rect x={goes} y="2" width={before - goes} height="10" fill="url(#cost-goes)" opacity=".75" /> : null}
      {floors.map((floor) => (floor < high ? <path key={floor} className="v-cut" d={`M${at(floor)} 2v10`} /> : null))}
      <path className="v-zero" d={`M${zero} 0v14`} />
    </svg>
  )
}
