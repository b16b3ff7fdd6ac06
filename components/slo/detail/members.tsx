import { StateMark } from '@/components/slo/state-mark'
import { Link } from '@/components/ui/link'
import { leftText } from '@/lib/format'
import { LATE_WORDS, RULE_WORDS } from '@/lib/slo/composite'
import type { SloComposite } from '@/lib/slo/detail'
import { STATE_WORDS } from '@/lib/slo/words'

const GONE = {
  deleted: 'deleted: late since then',
  draft: 'a draft: not measured',
  unknown: 'no longer known: late',
}

/** What a composite is made of, in place of queries. */
export function Members({ composite: { rule, late, members } }: { composite: SloComposite }) {
  return (
    <div className="explain-members">
      <p>
        <b>{RULE_WORDS[rule].name}</b> {RULE_WORDS[rule].says} When a member has no data, {LATE_WORDS[late].name}:{' '}
        {LATE_WORDS[late].says}.
      </p>
      <table className="d-table">
        <caption className="sr-only">Members</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">State</th>
            <th scope="col">Left</th>
            {rule === 'weighted-mean' ? <th scope="col">Weight</th> : null}
          </tr>
        </thead>
        <tbody>
          {members.map(({ id, name, service, weight, state, remaining, gone }) => (
            <tr key={`${service} ${name}`}>
              <th scope="row">
                {id === null ? name : <Link href={`/slos/${id}`}>{name}</Link>} <span>{service}</span>
              </th>
              <td>
                {gone ? (
                  GONE[gone]
                ) : (
                  <span className={`state is-${state ?? 'no-data'}`}>
                    <StateMark state={state ?? 'no-data'} />
                    {STATE_WORDS[state ?? 'no-data']}
                  </span>
                )}
              </td>
              <td>{remaining === null ? '' : `${leftText(remaining)} %`}</td>
              {rule === 'weighted-mean' ? <td>{weight}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
