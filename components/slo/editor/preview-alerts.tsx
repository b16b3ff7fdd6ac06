import { useQuery } from '@tanstack/react-query'
import { WouldBeList } from '@/components/alert/would-be-list'
import { Field } from '@/components/ui/field'
import type { BackTest } from '@/lib/alert/back-test'
import { policyChoicesQuery } from '@/lib/alert/query-options'
import { floored } from '@/lib/format'
import type { UnixSeconds } from '@/lib/time-series/units'

/** `null`: the policy that holds for it */
export type PolicyChoice = { alertPolicy: string | null; onAlertPolicy: (slug: string | null) => void }

/** What the alert policy that will hold, or another one, would have told of. */
export function PreviewAlerts({
  backTest,
  now,
  alertPolicy,
  onAlertPolicy,
}: { backTest: BackTest; now: UnixSeconds } & PolicyChoice) {
  const { data: policies = [] } = useQuery(policyChoicesQuery())
  const { policy, all, events } = backTest
  return (
    <div className="a-preview">
      <Field label="Alerts by the policy" className="field-short">
        {(ids) => (
          <select
            className="input"
            {...ids}
            value={alertPolicy ?? ''}
            onChange={(event) => onAlertPolicy(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">{alertPolicy === null ? `that holds: ${policy.name}` : 'that holds'}</option>
            {policies.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p className="field-hint">
        {events.length === 0
          ? 'Nothing spent 2 % of a budget or more'
          : `${events.length} times 2 % of a budget or more was spent`}
        {share('; worth telling of', all.precision)}
        {share('; of those told of', all.recall)}.
      </p>
      <WouldBeList alerts={backTest.alerts} now={now} />
    </div>
  )
}

const share = (words: string, value: number | null): string => (value === null ? '' : `${words} ${floored(value * 100, 0)} %`)
