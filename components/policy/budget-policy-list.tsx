import { assignBudgetPolicyNow } from '@/app/(portal)/policies/error-budget/actions'
import { type AssignChoices, AssignDialog } from '@/components/alert/assign-dialog'
import { PolicyUses } from '@/components/alert/policy-uses'
import { Link } from '@/components/ui/link'
import type { BudgetPolicyInfo } from '@/lib/policy/schema'
import { freezesAt, nextFreeze } from '@/lib/policy/verdict'
import { agreementText, nextText, plural, titled } from '@/lib/policy/words'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { policies: BudgetPolicyInfo[]; may: boolean; choices: AssignChoices; now: UnixSeconds }

/** What follows from the state of a budget: what comes with Headroom, what was written here, and where each holds. */
export function BudgetPolicyList({ policies, may, choices, now }: Props) {
  const fallback = policies.find((policy) => policy.fallback)
  return (
    <section className="a-policies" aria-labelledby="budget-policies">
      <header>
        <h2 id="budget-policies">Error-budget policies</h2>
        <p>
          What follows when a budget runs low. A service takes the narrowest that is assigned: its own, its tier’s, the default
          {fallback ? `, or else ${fallback.name}` : ''}; an SLO may have thresholds of its own.
        </p>
        {may ? (
          <>
            <AssignDialog
              policies={policies}
              choices={choices}
              assign={assignBudgetPolicyNow}
              button="Assign budget policy"
              title="Assign an error-budget policy"
              hint="States are judged by it from the next evaluation on, and releases at once. An SLO takes its thresholds only."
            />
            <Link className="btn btn-sm" href="/policies/error-budget/new">
              New budget policy
            </Link>
          </>
        ) : null}
      </header>
      {policies.map((policy) => (
        <article key={policy.slug} className="panel a-policy" aria-labelledby={`budget-${policy.slug}`}>
          <header className="d-panel-head">
            <h3 id={`budget-${policy.slug}`}>
              <Link href={`/policies/error-budget/${policy.slug}`}>{policy.name}</Link>
            </h3>
            {policy.preset ? <span className="tag">preset</span> : <span className="tag tag-line">version {policy.version}</span>}
            <span>
              holds for {plural(policy.services, 'service')} and {plural(policy.slos, 'SLO')}
            </span>
          </header>
          <p className="a-words">{policy.description}</p>
          <p className="a-words">
            {policy.readable ? '' : 'What is stored cannot be read: the next wider policy holds. '}
            {titled(agreementText(policy.agreements, policy.open))}. {freezesText(policy, now)}
          </p>
          <PolicyUses policy={policy} may={may} assign={assignBudgetPolicyNow} />
        </article>
      ))}
    </section>
  )
}

function freezesText({ settings }: BudgetPolicyInfo, now: UnixSeconds): string {
  const { length } = settings.freezes
  if (length === 0) return 'No freeze windows.'
  const lasting = freezesAt(settings, now)[0]
  const next = nextFreeze(settings, now)
  const name = lasting?.name ?? next?.name
  return `${plural(length, 'freeze window')}${name ? `; ${name}: ${nextText(lasting, next, now)}` : '.'}`
}
