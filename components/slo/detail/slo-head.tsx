import type { ReactNode } from 'react'
import { StateBadge } from '@/components/slo/state-badge'
import type { SloDetail } from '@/lib/slo/detail'
import { INDICATOR_WORDS } from '@/lib/slo/indicator'
import type { UnixSeconds } from '@/lib/time-series/units'
import { Sentence } from './sentence'

/** Which SLO this is, how it stands, and what can be done here. */
export function SloHead({ detail, now, children }: { detail: SloDetail; now: UnixSeconds; children: ReactNode }) {
  const { service, name, status, gating, indicatorKind, description, managed } = detail
  return (
    <header className="d-head">
      <div className="d-name">
        <StateBadge state={status?.state ?? 'no-data'} large />
        <h2 title={description}>
          <span>{service.name}</span> {name}
        </h2>
        <span className="tag">{INDICATOR_WORDS[indicatorKind]}</span>
        <span className="tag">{service.tier} tier</span>
        <span className="tag">{service.team}</span>
        {gating ? <span className="tag">gates releases</span> : null}
        {managed ? (
          <span className="tag" title={`Set ${managed.owner}, ${managed.file}:${managed.line}`}>
            managed by Git
          </span>
        ) : null}
      </div>
      <div className="d-actions">{children}</div>
      <Sentence detail={detail} now={now} />
    </header>
  )
}
