import type { ReactNode } from 'react'
import { CauseMark } from '@/components/ledger/cause-mark'
import { Link } from '@/components/ui/link'
import { spentText } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import type { LargestCause, Planning, WaiverUsed } from '@/lib/priority/planning'
import { percentText } from '@/lib/priority/planning-words'
import type { TeamToil } from '@/lib/priority/schema'
import { hoursText, performanceText, toilShareText, toilText } from '@/lib/priority/toil'
import { scoreText } from '@/lib/priority/words'
import type { UnixSeconds } from '@/lib/time-series/units'
import { ToilWords } from './toil-panel'

function Panel({ id, title, note, children }: { id: string; title: string; note: string; children: ReactNode }) {
  return (
    <section className="panel d-panel" aria-labelledby={id}>
      <header className="d-panel-head">
        <h2 id={id}>{title}</h2>
        <span>{note}</span>
      </header>
      {children}
    </section>
  )
}

export function TopPriorities({ rows }: { rows: Planning['top'] }) {
  return (
    <Panel id="top-title" title="Top priorities" note="as they stand now, by score">
      {rows.length === 0 ? <p className="pr-words">No gap.</p> : null}
      <ol className="pl-list">
        {rows.map(({ slo, service, score, rank, effort, owner, actions }) => (
          <li key={slo.id}>
            <p>
              <Link href={`/slos/${slo.id}`}>{slo.name}</Link> <span>{service.name}</span>
            </p>
            <p className="num">
              {scoreText(score.score)} <span>rank {rank} of all</span>
            </p>
            <p>
              {actions[0]?.what}. Effort {effort}, {owner ? owner.name : 'nobody owns it'}.
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

export function LargestCauses({ causes }: { causes: LargestCause[] }) {
  return (
    <Panel id="causes-title" title="Largest causes" note="1 % of one budget, or more">
      {causes.length === 0 ? (
        <p className="pr-words">No incident, release or dependency is known to have spent as much.</p>
      ) : null}
      <ol className="pl-list">
        {causes.map(({ kind, title, href, slo, service, share }) => (
          <li key={`${href} ${title} ${slo.id}`}>
            <p>
              <CauseMark kind={kind} /> <Link href={href}>{title}</Link> <span>{kind}</span>
            </p>
            <p className="num">
              {percentText(share)}
              <span className="u">%</span>
            </p>
            <p>
              {slo.name}, {service}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

export function WaiversUsed({ waivers, now }: { waivers: WaiverUsed[]; now: UnixSeconds }) {
  return (
    <Panel id="waivers-title" title="Waivers used" note="releases that went out although the budget said no">
      {waivers.length === 0 ? <p className="pr-words">None.</p> : null}
      <ul className="pl-list">
        {waivers.map(({ id, service, reason, from, to, spent, limit, ended }) => (
          <li key={id}>
            <p>
              <b>{service}</b> <span>{reason}</span>
            </p>
            <p className="num">
              {spentText(spent)} <span>of {spentText(limit)} % spent</span>
            </p>
            <p>
              {dayText(from, now)} to {dayText(to, now)}
              {ended ? '' : to > now ? ', still holds' : ''}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

export function ToilOfTeam({ toil }: { toil: TeamToil }) {
  return (
    <Panel id="toil-title" title="Toil budget" note="from the budgets of this quarter">
      <dl className="pl-figures">
        <div>
          <dt>SLO performance</dt>
          <dd>
            {performanceText(toil.performance)}
            {toil.performance === null ? null : <span className="u">%</span>}
          </dd>
        </div>
        <div>
          <dt>For toil</dt>
          <dd>
            {toilShareText(toil.share)}
            <span className="u">%</span>
          </dd>
        </div>
        <div>
          <dt>A week</dt>
          <dd>
            {hoursText(toil.hours)}
            <span className="u">h</span>
          </dd>
        </div>
      </dl>
      <p className="pr-words">{toilText(toil)}</p>
      <ToilWords />
    </Panel>
  )
}
