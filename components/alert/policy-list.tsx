import { assignPolicyNow } from '@/app/(portal)/policies/actions'
import { Link } from '@/components/ui/link'
import type { PolicyInfo } from '@/lib/alert/schema'
import { type AssignChoices, AssignDialog } from './assign-dialog'
import { PolicyPairs, settingsText } from './policy-pairs'
import { PolicyUses } from './policy-uses'

type Props = { policies: PolicyInfo[]; may: boolean; choices: AssignChoices }

/** When people are told: what comes with Headroom, what was written here, and where each holds. */
export function PolicyList({ policies, may, choices }: Props) {
  const fallback = policies.find((policy) => policy.fallback)
  return (
    <section className="a-policies" aria-labelledby="alert-policies">
      <header>
        <h2 id="alert-policies">Alert policies</h2>
        <p>
          An SLO takes the narrowest that is assigned: its own, its service’s, its tier’s, the default
          {fallback ? `, or else ${fallback.name}` : ''}.
        </p>
        {may ? (
          <>
            <AssignDialog
              policies={policies}
              choices={choices}
              assign={assignPolicyNow}
              button="Assign"
              title="Assign an alert policy"
              hint="Open alerts whose pair is not in the new policy end with the next evaluation."
            />
            <Link className="btn btn-sm" href="/policies/new">
              New policy
            </Link>
          </>
        ) : null}
      </header>
      {policies.map((policy) => (
        <article key={policy.slug} className="panel a-policy" aria-labelledby={`policy-${policy.slug}`}>
          <header className="d-panel-head">
            <h3 id={`policy-${policy.slug}`}>
              <Link href={`/policies/${policy.slug}`}>{policy.name}</Link>
            </h3>
            {policy.preset ? <span className="tag">preset</span> : <span className="tag tag-line">version {policy.version}</span>}
            <span>
              holds for {policy.slos} {policy.slos === 1 ? 'SLO' : 'SLOs'}
            </span>
          </header>
          <p className="a-words">{policy.description}</p>
          <PolicyPairs settings={policy.settings} caption={`Pairs of ${policy.name}`} />
          <p className="a-words">{settingsText(policy.settings)}</p>
          <PolicyUses policy={policy} may={may} assign={assignPolicyNow} />
        </article>
      ))}
    </section>
  )
}
