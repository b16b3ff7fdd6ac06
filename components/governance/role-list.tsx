import { ROLE_WORDS } from '@/lib/auth/role'
import type { RoleHolders } from '@/lib/governance/schema'
import { plural } from '@/lib/policy/words'

/** What each role answers for, and who has it. */
export function RoleList({ roles }: { roles: RoleHolders[] }) {
  return (
    <dl className="gv-roles">
      {roles.map(({ role, responsibilities, people, names }) => (
        <div key={role}>
          <dt>
            {role === 'engineer' ? 'Engineering team' : ROLE_WORDS[role]}
            <span className="n-second">
              {people === 0 ? 'nobody' : `${plural(people, 'person', 'people')}: ${names.join(', ')}`}
              {people > names.length ? ` and ${people - names.length} more` : ''}
            </span>
          </dt>
          <dd>
            <ul>
              {responsibilities.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  )
}
