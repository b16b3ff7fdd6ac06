import type { TeamToil } from '@/lib/priority/schema'
import { hoursText, performanceText, toilShareText, toilText } from '@/lib/priority/toil'
import { TeamSize } from './team-size'

/** How much of a team's week may go into toil, and how that follows from its budgets. */
export function ToilPanel({ teams, may }: { teams: TeamToil[]; may: boolean }) {
  if (teams.length === 0) return null
  return (
    <section className="panel d-panel pr-panel" aria-labelledby="toil-title">
      <header className="d-panel-head">
        <h2 id="toil-title">Toil budget</h2>
        <span>60 % of working time from 100 % SLO performance, 50 % from 99 %, below 50 − 5 × (100 − p), never under 20 %</span>
      </header>
      <ToilWords />
      <table className="s-table pr-toil">
        <caption className="sr-only">Toil budget per team</caption>
        <thead>
          <tr>
            <th scope="col">Team</th>
            <th scope="col" className="num">
              SLOs judged
            </th>
            <th scope="col" className="num">
              SLO performance
            </th>
            <th scope="col" className="num">
              For toil
            </th>
            <th scope="col">People</th>
            <th scope="col" className="num">
              A week
            </th>
            <th scope="col">How it follows</th>
          </tr>
        </thead>
        <tbody>
          {teams.map((one) => (
            <tr key={one.team.slug}>
              <th scope="row">{one.team.name}</th>
              <td className="num" data-label="judged">
                {one.judged}
                <span className="u"> of {one.slos}</span>
              </td>
              <td className="num" data-label="performance">
                {performanceText(one.performance)}
                {one.performance === null ? null : <span className="u">%</span>}
              </td>
              <td className="num" data-label="for toil">
                {toilShareText(one.share)}
                <span className="u">%</span>
              </td>
              <td>{may ? <TeamSize key={one.team.version} toil={one} /> : one.size}</td>
              <td className="num" data-label="a week">
                {hoursText(one.hours)}
                <span className="u">h</span>
              </td>
              <td>{toilText(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export const ToilWords = () => (
  <p className="pr-words">
    SLO performance p is 100 plus the mean of what is left of the budgets, one point for a whole budget, while every objective is
    kept. Otherwise it is 100 minus the mean of what was spent too much: what one budget leaves does not make up for another.
  </p>
)
