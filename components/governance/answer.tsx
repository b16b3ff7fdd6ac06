import { Link } from '@/components/ui/link'
import { GAP_KINDS, type GapKind } from '@/lib/governance/holding'
import type { Governance } from '@/lib/governance/schema'
import { plural } from '@/lib/policy/words'

const WORDS: Record<GapKind, (count: number) => string> = {
  slos: (count) => `${plural(count, 'service')} without an SLO`,
  'slo-owner': (count) => `${count} without a working SLO owner`,
  'product-owner': (count) => `${count} without a working product owner`,
  people: (count) => `${count} whose team has nobody`,
  agreement: (count) => `${count} under a policy that is not agreed`,
}

/** The answer first: what is missing, and what is not kept. */
export function GovernanceAnswer({ found: { total, withGaps, gapCounts, loose, practices, team } }: { found: Governance }) {
  const missing = practices.reduce((sum, { keeping }) => sum + keeping.missed, 0)
  const gaps = GAP_KINDS.filter((kind) => gapCounts[kind] > 0).map((kind) => WORDS[kind](gapCounts[kind]))
  return (
    <>
      <p className="gv-answer">
        {total === 0 ? (
          <b>{team ? `${team.name} has no service.` : 'No service is defined yet.'}</b>
        ) : withGaps === 0 ? (
          <b>
            {total === 1 ? 'The one service has' : `All ${plural(total, 'service')} have`} people who answer for{' '}
            {total === 1 ? 'it' : 'them'}.
          </b>
        ) : (
          <>
            <b>
              {withGaps} of {plural(total, 'service')} {withGaps === 1 ? 'has' : 'have'} a gap
            </b>
            : {gaps.join(', ')}.
          </>
        )}{' '}
        {missing === 0
          ? 'No practice was missed.'
          : `${missing} ${missing === 1 ? 'date' : 'dates'} of practices ${missing === 1 ? 'was' : 'were'} missed.`}
      </p>
      {loose.length === 0 ? null : (
        <ul className="gv-gaps gv-loose" aria-label="Missing of no single service">
          {loose.map(({ kind, sentence, link }) => (
            <li key={kind}>
              <Link href={link}>{sentence}</Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
