import { Link } from '@/components/ui/link'
import type { WaiverInfo } from '@/lib/decision/reads-waivers'
import { requestName, waiverName } from '@/lib/decision/words'
import { instantText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { WaiverBar } from './waiver-bar'
import { WaiverStatusMark } from './waiver-mark'

/** Waivers that open this request, or are asked for; repeats are told. */
export function WaiversPanel({ waivers, now }: { waivers: WaiverInfo[]; now: UnixSeconds }) {
  if (waivers.length === 0) return null
  return (
    <section className="panel v-waivers" aria-labelledby="waivers">
      <header className="d-panel-head">
        <h3 id="waivers">Waivers</h3>
        <span>of this service</span>
      </header>
      <ul>
        {waivers.map((waiver) => (
          <li key={waiver.id} className="v-waiver">
            <p>
              <Link href={`/waivers/${waiver.id}`}>{waiverName(waiver.id)}</Link> <WaiverStatusMark status={waiver.status} />
            </p>
            <p className="v-dim">
              {waiver.reason}
              {waiver.request === null ? '' : ` Only for ${requestName(waiver.request)}.`}
            </p>
            <WaiverBar waiver={waiver} />
            <p className="v-dim">
              Until {instantText(waiver.untilTs, now)} UTC
              {waiver.missing > 0 ? `; ${waiver.missing} of 2 signatures missing` : ''}
              {waiver.repeats > 0 ? `; number ${waiver.repeats + 1} within 90 days` : ''}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
