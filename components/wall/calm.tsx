import { StateMark } from '@/components/slo/state-mark'
import { dayText, partsOf } from '@/lib/format-time'
import type { WallView } from '@/lib/wall/schema'
import { calmOf } from '@/lib/wall/words'
import { Fleet } from './tally'

/** Nobody has to look: a dim screen that still says what time it is, and of what it is sure. */
export function Calm({ view, now }: { view: WallView; now: number }) {
  return (
    <main className="w-calm">
      <p className="w-time">{partsOf(now, 'UTC').clock}</p>
      <p className="w-date">{[dayText(now, now), 'UTC', ...view.of].join(' · ')}</p>
      <p className="w-well is-healthy">
        <StateMark state="healthy" />
        All is well.
      </p>
      <p className="w-sure">{calmOf(view)}</p>
      <Fleet view={view} />
    </main>
  )
}
