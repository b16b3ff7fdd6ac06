import type { ReactNode } from 'react'
import { StateWord } from '@/components/slo/state-badge'
import { burnText, leftText, NONE, spentText } from '@/lib/format'
import { whenText } from '@/lib/format-time'
import type { Snapshot } from '@/lib/review/snapshot'
import { dueText, OUTCOME_WORDS } from '@/lib/review/words'
import { stateRank } from '@/lib/slo/state'
import type { ScreenProps } from './screen-props'

/** As many rows as fit without scrolling. */
const MOST = 9

type ListProps = { title: string; say: ReactNode; head: string[]; rows: { key: string; cells: ReactNode[] }[]; all: number }

/** A table on one screen, and how much more there is. */
function ListScreen({ title, say, head, rows, all }: ListProps) {
  return (
    <>
      <h2 className="rv-name">{title}</h2>
      <p className="rv-say">{say}</p>
      <table className="rv-table">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            {head.map((word) => (
              <th key={word} scope="col" className={word.startsWith('%') || word === '×' ? 'num' : ''}>
                {word === '%' ? 'left' : word === '×' ? '24 h' : word.replace(/^%/, '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, i) => (
                <td key={head[i]} className={head[i]?.startsWith('%') || head[i] === '×' ? 'num' : ''}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {all > rows.length ? <p className="rv-more">and {all - rows.length} more, in the portal</p> : null}
    </>
  )
}

export function ActionsScreen({ snapshot, live, may, onSettle }: ScreenProps) {
  const { actions, asOf } = snapshot
  const late = actions.filter((action) => action.late).length
  return (
    <ListScreen
      title="Open actions"
      say={
        <>
          <b>{actions.length}</b> left open
          {late > 0 ? (
            <>
              , <b>{late} late</b>
            </>
          ) : null}
          . {may ? 'A digit marks one as done.' : ''}
        </>
      }
      head={['done', 'what', 'owner', 'due', 'from']}
      all={actions.length}
      rows={actions.slice(0, MOST).map(({ id, title, owner, dueOn, late: isLate, from }, i) => ({
        key: String(id),
        cells: [
          <label key="done" className="rv-settle">
            {may ? <kbd>{i + 1}</kbd> : null}
            <input
              type="checkbox"
              checked={live.done.includes(id)}
              disabled={!may}
              onChange={() => onSettle(id)}
              aria-label={`Done: ${title}`}
            />
          </label>,
          title,
          owner ?? 'nobody',
          dueOn === null ? (
            NONE
          ) : (
            <span key="due" className={isLate ? 'rv-late' : ''}>
              {dueText(dueOn, asOf)}
              {isLate ? ', late' : ''}
            </span>
          ),
          from,
        ],
      }))}
    />
  )
}

export function RestScreen({ snapshot }: { snapshot: Snapshot }) {
  const shown = new Set(snapshot.items.flatMap(({ kind, id }) => (kind === 'slo' ? [id] : [])))
  const rest = snapshot.slos
    .filter(({ id }) => !shown.has(id))
    .sort((a, b) => stateRank(a.state) - stateRank(b.state) || (a.remaining ?? 9) - (b.remaining ?? 9))
  const healthy = rest.filter(({ state }) => state === 'healthy').length
  return (
    <ListScreen
      title="The rest"
      say={
        <>
          <b>{healthy}</b> of {rest.length} within budget, and little changed. Those with the least left first.
        </>
      }
      head={['service', 'SLO', 'state', '%', '×']}
      all={rest.length}
      rows={rest.slice(0, MOST).map((slo) => ({
        key: String(slo.id),
        cells: [
          slo.service.name,
          slo.name,
          <StateWord key="state" state={slo.state} />,
          `${leftText(slo.remaining)} %`,
          `${burnText(slo.burn.h24)} ×`,
        ],
      }))}
    />
  )
}

export function ReleasesScreen({ snapshot }: { snapshot: Snapshot }) {
  const { requests } = snapshot
  const held = requests.filter(({ outcome }) => outcome !== 'waits').length
  return (
    <ListScreen
      title="Releases"
      say={
        <>
          <b>{held}</b> held back, <b>{requests.length - held}</b> {requests.length - held === 1 ? 'waits' : 'wait'} for
          somebody’s word.
        </>
      }
      head={['release', 'outcome', 'asked by', 'why']}
      all={requests.length}
      rows={requests.slice(0, MOST - 2).map(({ id, service, version, outcome, by, because }) => ({
        key: String(id),
        cells: [
          <span key="name">
            {service.name} {version}
          </span>,
          <b key="outcome">{OUTCOME_WORDS[outcome]}</b>,
          by,
          because,
        ],
      }))}
    />
  )
}

export function WaiversScreen({ snapshot }: { snapshot: Snapshot }) {
  const { waivers, asOf, timeZone } = snapshot
  return (
    <ListScreen
      title="Waivers"
      say="Who may release although the budget says no, why, and what it has cost."
      head={['service', 'why', 'status', '%spent', '%limit', 'until']}
      all={waivers.length}
      rows={waivers.slice(0, MOST - 2).map(({ id, service, reason, status, spent, limit, until, repeats }) => ({
        key: String(id),
        cells: [
          service.name,
          `${reason}${repeats > 0 ? ` (${repeats} before it in 90 days)` : ''}`,
          status,
          `${spentText(spent)} %`,
          `${spentText(limit)} %`,
          whenText(until, asOf, timeZone),
        ],
      }))}
    />
  )
}
