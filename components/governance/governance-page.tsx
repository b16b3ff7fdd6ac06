import type { Governance, GovernanceQuery } from '@/lib/governance/schema'
import { PRINCIPLES } from '@/lib/governance/words'
import { GovernanceAnswer } from './answer'
import { GovernanceFilter } from './governance-filter'
import { HoldingTable } from './holding-table'
import { PracticeTable } from './practice-table'
import { RoleList } from './role-list'

type Props = { found: Governance; query: GovernanceQuery; teams: { slug: string; name: string }[] }

/** What holds here, who answers for it, and whether it is done. */
export function GovernancePage({ found, query, teams }: Props) {
  return (
    <div className="gv-page">
      <GovernanceFilter teams={teams} query={query} />
      <GovernanceAnswer found={found} />
      <section className="panel d-panel" aria-labelledby="gv-services">
        <header className="d-panel-head">
          <h2 id="gv-services">Who holds what</h2>
          <span>gaps first</span>
        </header>
        <HoldingTable found={found} query={query} />
      </section>
      <section className="panel d-panel" aria-labelledby="gv-practices">
        <header className="d-panel-head">
          <h2 id="gv-practices">Calendar of practices</h2>
          <span>in time, late, missed, or still open</span>
        </header>
        <PracticeTable practices={found.practices} now={found.asOf} />
      </section>
      <section className="panel d-panel" aria-labelledby="gv-roles">
        <header className="d-panel-head">
          <h2 id="gv-roles">Roles</h2>
          <span>{found.team ? `people of ${found.team.name}` : 'everybody who can sign in'}</span>
        </header>
        <RoleList roles={found.roles} />
      </section>
      <section className="panel d-panel" aria-labelledby="gv-principles">
        <header className="d-panel-head">
          <h2 id="gv-principles">Principles</h2>
        </header>
        <ol className="gv-principles">
          {PRINCIPLES.map(({ name, words }) => (
            <li key={name}>
              <b>{name}.</b> {words}
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
