import type { ReactNode } from 'react'
import { assignBudgetPolicyNow } from '@/app/(portal)/policies/error-budget/actions'
import { PolicyUses } from '@/components/alert/policy-uses'
import { PrintButton } from '@/components/service/print-button'
import { StateBadge } from '@/components/slo/state-badge'
import { Notice } from '@/components/ui/notice'
import type { Role } from '@/lib/auth/role'
import { instantText } from '@/lib/format-time'
import { STATES_IN_ORDER } from '@/lib/policy/matrix'
import type { BudgetPolicyDetail } from '@/lib/policy/schema'
import { agreementText, percentText, plural, thresholdText, titled } from '@/lib/policy/words'
import type { UnixSeconds } from '@/lib/time-series/units'
import { AgreementList } from './agreement-list'
import { DecisionWord } from './decision-word'
import { MatrixTable } from './matrix-table'
import { Approvals, Freezes, Incidents, Lanes, Missing } from './policy-sections'

/** `me`: who looks, and as what they may agree */
type Props = { policy: BudgetPolicyDetail; may: boolean; me: { person: string | null; role: Role | null }; now: UnixSeconds }

/** A policy as a document, to read from top to bottom on a screen and on paper. */
export function BudgetPolicyPage({ policy, may, me, now }: Props) {
  const { settings, versions } = policy
  const written = versions[0]
  return (
    <article className="spec b-policy">
      <header>
        <h2>{policy.name}: what follows from the error budget</h2>
        <p>{policy.description}</p>
        <p className="spec-asof">
          Version {policy.version}
          {policy.preset ? ', comes with Headroom' : written ? `, ${written.author}, ${instantText(written.at, now)} UTC` : ''};{' '}
          {agreementText(policy.agreements, policy.open)}.
        </p>
        <div className="spec-do">
          <PrintButton />
        </div>
      </header>
      {policy.readable ? null : (
        <Notice tone="critical">
          What is stored cannot be read, so this policy does not hold: the next wider one does. Shown is Standard; edit and save
          it to put that right.
        </Notice>
      )}
      <Section title="What each state means">
        {STATES_IN_ORDER.map((state) => (
          <div key={state} className="b-state">
            <h4>
              <StateBadge state={state} />
            </h4>
            <p className="b-consequence">{settings.states[state].consequence}</p>
            <p>{thresholdText(settings.status, state)}</p>
            {settings.states[state].allClear ? (
              <p>
                <b>All-clear:</b> {settings.states[state].allClear}
              </p>
            ) : null}
          </div>
        ))}
      </Section>
      <Section title="Releases">
        <p>The worst of the SLOs that gate a service counts. Where none does, a person decides.</p>
        <MatrixTable className="b-matrix" cell={(state, risk) => <DecisionWord decision={settings.matrix[state][risk]} />} />
        <p>
          Without data, or with too little, the answer is <b>{settings.unknown}</b> at best.{' '}
          {settings.costFloor > 0
            ? `A release that could leave less than ${percentText(settings.costFloor)} of the budget, going by the costliest tenth of those before, is reviewed at best.`
            : 'What earlier releases cost is shown, and decides nothing.'}
        </p>
      </Section>
      <Section title="Lanes">
        <Lanes settings={settings} />
      </Section>
      <Section title="Freeze windows">
        <Freezes settings={settings} now={now} />
      </Section>
      <Section title="Open incidents">
        <Incidents settings={settings} />
      </Section>
      <Section title="Who decides">
        <Approvals settings={settings} />
      </Section>
      <Section title="When Headroom or data are missing">
        <Missing settings={settings} />
      </Section>
      <Section title="Where it holds">
        <p>
          For {plural(policy.services, 'service')} and {plural(policy.slos, 'SLO')} now, agreed or not.
        </p>
        <PolicyUses policy={policy} may={may} assign={assignBudgetPolicyNow} />
      </Section>
      <Section title="Agreement">
        <AgreementList policy={policy} me={me} now={now} />
      </Section>
      <Section title="Versions">
        <ol className="b-versions">
          {versions.map(({ version, at, author, changes, agreements }) => (
            <li key={version}>
              <p>
                <b>Version {version}</b>, {author}, {instantText(at, now)} UTC
                {agreements.length > 0 ? `; ${agreementText(agreements, [])}` : ''}
              </p>
              <ul>
                {(changes.length > 0 ? changes : ['Saved without a change']).map((line) => (
                  <li key={line}>{titled(line)}</li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      </Section>
    </article>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
