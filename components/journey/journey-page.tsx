import { StateBadge } from '@/components/slo/state-badge'
import type { JourneyView } from '@/lib/journey/journey'
import { JourneyMap } from './journey-map'
import { JourneyMenu } from './journey-menu'

/** One journey: what it is for, then the map. */
export function JourneyPage({ journey, may }: { journey: JourneyView; may: boolean }) {
  const { name, criticality, description, steps, result } = journey
  return (
    <>
      <header className="d-head">
        <div className="d-name">
          {result ? <StateBadge state={result.state ?? 'no-data'} large /> : null}
          <h2>{name}</h2>
          <span className="tag">{criticality}</span>
          <span className="tag">{steps.length === 1 ? '1 step' : `${steps.length} steps`}</span>
        </div>
        {may ? (
          <div className="d-actions">
            <JourneyMenu journey={journey} />
          </div>
        ) : null}
        {description ? <p className="d-sentence">{description}</p> : null}
      </header>
      <JourneyMap journey={journey} may={may} />
    </>
  )
}
