import { StateMark } from '@/components/slo/state-mark'
import { Link } from '@/components/ui/link'
import type { SloEffect } from '@/lib/correction/schema'
import { countText, leftText, sliText } from '@/lib/format'
import type { SloState } from '@/lib/slo/state'

/** Every budget that a correction touches, before and after. */
export function EffectTable({ effects }: { effects: SloEffect[] }) {
  return (
    <table className="c-effects">
      <caption className="sr-only">Effect on each SLO</caption>
      <thead>
        <tr>
          <th scope="col">SLO</th>
          <th scope="col" className="num">
            Left now, %
          </th>
          <th scope="col" className="num">
            With it, %
          </th>
          <th scope="col" className="num">
            SLI with it, %
          </th>
          <th scope="col">Taken out</th>
        </tr>
      </thead>
      <tbody>
        {effects.map((effect) => (
          <tr key={effect.sloId}>
            <th scope="row">
              <Link href={`/slos/${effect.sloId}`}>{effect.name}</Link>
              <span>{effect.service}</span>
            </th>
            <td className="num">
              <Standing left={effect.before.remaining} state={effect.before.state} />
            </td>
            <td className="num">
              <Standing left={effect.after.remaining} state={effect.after.state} />
            </td>
            <td className="num">{sliText(effect.after.sli)}</td>
            <td>{takenOut(effect)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Standing({ left, state }: { left: number | null; state: string | null }) {
  return (
    <span className={`c-standing is-${state ?? 'no-data'}`}>
      <StateMark state={(state ?? 'no-data') as SloState} />
      <span className="sr-only">{(state ?? 'no data').replaceAll('-', ' ')}</span>
      {leftText(left)}
    </span>
  )
}

function takenOut({ excluded: { good, bad, minutes } }: SloEffect): string {
  if (minutes > 0) return `${countText(minutes)} bad min count as up`
  if (good + bad > 0) return `${countText(bad)} bad, ${countText(good)} good`
  return 'nothing so far'
}
