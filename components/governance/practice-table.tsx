import { Icon, type IconName } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { floored } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import type { Kept, Occurrence } from '@/lib/governance/practice'
import type { Governance } from '@/lib/governance/schema'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { practices: Governance['practices']; now: UnixSeconds }

const SIGNS: Record<Kept, IconName> = { kept: 'check', late: 'clock', missed: 'cross', open: 'pause' }
const KEPT_WORDS: Record<Kept, string> = { kept: 'in time', late: 'late', missed: 'missed', open: 'open' }
/** More marks than these are counted, not drawn. */
const MARKS = 60

/** What is done again and again, how often it was done in time, and what is to be done now. */
export function PracticeTable({ practices, now }: Props) {
  return (
    <div className="gv-scroll">
      <table className="d-table gv-table gv-practices">
        <caption className="sr-only">Practices and how well they are kept</caption>
        <thead>
          <tr>
            <th scope="col">Practice</th>
            <th scope="col" className="num">
              In time
            </th>
            <th scope="col">Kept</th>
            <th scope="col">Missed or next</th>
          </tr>
        </thead>
        <tbody>
          {practices.map(({ key, name, cadence, over, occurrences, keeping }) => (
            <tr key={key}>
              <th scope="row">
                <b>{name}</b>
                <span className="n-second">{cadence}</span>
                <span className="n-second">Counted: {over}.</span>
              </th>
              <td className="num" data-label="In time">
                {keeping.share === null ? (
                  <span className="gv-quiet">none due</span>
                ) : (
                  <>
                    {floored(keeping.share * 100, 0)}
                    <span className="u">%</span>
                    <span className="n-second">
                      {keeping.kept} of {keeping.kept + keeping.late + keeping.missed}
                    </span>
                  </>
                )}
              </td>
              <td data-label="Kept">
                <Marks occurrences={occurrences} now={now} />
                <span className="n-second">
                  {(['kept', 'late', 'missed', 'open'] as const)
                    .filter((kept) => keeping[kept] > 0)
                    .map((kept) => `${keeping[kept]} ${KEPT_WORDS[kept]}`)
                    .join(', ') || 'nothing yet'}
                </span>
              </td>
              <td data-label="Missed or next">
                <ToDo occurrences={occurrences} now={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** One mark each, oldest first; the newest when there are many. The counts below say the same in words. */
function Marks({ occurrences, now }: { occurrences: Occurrence[]; now: UnixSeconds }) {
  const shown = occurrences.slice(-MARKS)
  return (
    <span className="gv-marks" aria-hidden="true">
      {shown.map(({ kept, what, due }) => (
        <i key={`${due} ${what}`} className={`gv-${kept}`} title={`${what}: ${KEPT_WORDS[kept]}, due ${dayText(due, now)}`}>
          <Icon name={SIGNS[kept]} />
        </i>
      ))}
    </span>
  )
}

const AT_ONCE = 4

/** What was missed, newest first, then what comes next. */
function ToDo({ occurrences, now }: { occurrences: Occurrence[]; now: UnixSeconds }) {
  const missed = occurrences.filter(({ kept }) => kept === 'missed').reverse()
  const list = [...missed, ...occurrences.filter(({ kept }) => kept === 'open')]
  if (list.length === 0) return <span className="gv-quiet">nothing</span>
  return (
    <ul className="gv-gaps">
      {list.slice(0, AT_ONCE).map(({ kept, what, due, link }) => (
        <li key={`${due} ${what}`} className={`gv-${kept}`}>
          <Icon name={SIGNS[kept]} />
          <span>
            {link ? <Link href={link}>{what}</Link> : what} {kept === 'missed' ? 'missed, was due' : 'due'} {dayText(due, now)}
          </span>
        </li>
      ))}
      {list.length > AT_ONCE ? <li className="gv-quiet">and {list.length - AT_ONCE} more</li> : null}
    </ul>
  )
}
