import type { SloState } from '@/lib/slo/state'

const WIDTH = 76
const HEIGHT = 13
const LOW = -0.5
const FLOOR = 0.25
const at = (share: number) => ((Math.max(LOW, Math.min(1, share)) - LOW) / (1 - LOW)) * WIDTH

/** What is left of a budget from −50 to 100 %: zero is the strongest line, overspend is hatched, the 25 % floor is a cut. */
export function SignedBar({ remaining, state }: { remaining: number | null; state: SloState }) {
  const zero = at(0)
  const unknown = state === 'no-data'
  const end = at(remaining ?? 0)
  const beyond = remaining !== null && remaining < LOW
  return (
    <svg className={`sbar is-${state}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="sbar-track" x={zero} y="2" width={WIDTH - zero} height="9" />
      {remaining === null ? null : unknown ? (
        <rect className="sbar-frozen" x={Math.min(zero, end)} y="2.5" width={Math.max(1, Math.abs(end - zero))} height="8" />
      ) : remaining >= 0 ? (
        <rect className="sbar-left" x={zero} y="2" width={Math.max(1, end - zero)} height="9" />
      ) : (
        <rect className="sbar-over" x={end} y="2" width={zero - end} height="9" />
      )}
      <path className="sbar-cut" d={`M${at(FLOOR)} 1v11`} />
      {beyond ? <path className="sbar-cut" d="m2 12 3-11M6 12l3-11" /> : null}
      <path className="sbar-zero" d={`M${zero} 0v13`} />
    </svg>
  )
}
