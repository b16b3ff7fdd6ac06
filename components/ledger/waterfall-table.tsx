import { countText, MINUS } from '@/lib/format'
import type { SloLedger } from '@/lib/ledger/schema'
import { CAUSE_FILLS } from './cause-fill'
import { CauseMark } from './cause-mark'
import { CauseName } from './cause-name'
import { prepareWaterfall, type Waterfall } from './prepare-waterfall'

const tenthsText = (tenths: number): string => `${tenths < 0 ? MINUS : ''}${(Math.abs(tenths) / 10).toFixed(1)}`
const signedText = (tenths: number): string => (tenths > 0 ? `+${tenthsText(tenths)}` : tenthsText(tenths))

/** The causes of what a budget lost, as a waterfall whose lines add up, with the sum under them. */
export function WaterfallTable({ ledger }: { ledger: SloLedger }) {
  const { lines, consumed, unit, asOf } = ledger
  const waterfall = prepareWaterfall(lines, consumed)
  const bad = lines.reduce((sum, line) => sum + line.bad, 0)
  const counted = unit === 'events' ? 'bad events' : 'bad minutes'
  return (
    <table className="d-table waterfall">
      <caption className="sr-only">What each cause spent of the budget; the lines add up to what is consumed</caption>
      <thead>
        <tr>
          <th scope="col">Cause</th>
          <th scope="col" className="waterfall-scale">
            <span style={{ left: `${placeOf(waterfall, 1)}%` }}>100 %</span>
          </th>
          <th scope="col">of budget</th>
          <th scope="col">{counted}</th>
        </tr>
      </thead>
      <tbody>
        {waterfall.rows.map(({ line, from, to, tenths }) => (
          <tr key={line.key}>
            <th scope="row">
              <CauseMark kind={line.kind} />
              <CauseName line={line} now={asOf} />
            </th>
            <td className="waterfall-bar">
              <Bar waterfall={waterfall} from={from} to={to} fill={CAUSE_FILLS[line.kind]} />
            </td>
            <td>
              {signedText(tenths)}
              <span className="u">%</span>
            </td>
            <td>{line.kind === 'credit' ? '' : countText(line.bad)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Consumed</th>
          <td className="waterfall-bar">
            <Bar waterfall={waterfall} from={0} to={consumed} fill="var(--m, var(--ink))" />
          </td>
          <td>
            {tenthsText(waterfall.totalTenths)}
            <span className="u">%</span>
          </td>
          <td>{countText(bad)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

const placeOf = ({ domain: [low, high] }: Waterfall, share: number): number => (100 * (share - low)) / (high - low)

type BarProps = { waterfall: Waterfall; from: number; to: number; fill: string }

function Bar({ waterfall, from, to, fill }: BarProps) {
  const [left, right] = [placeOf(waterfall, Math.min(from, to)), placeOf(waterfall, Math.max(from, to))]
  const whole = placeOf(waterfall, 1)
  return (
    <svg width="100%" height="26" aria-hidden="true">
      <line x1={`${placeOf(waterfall, from)}%`} x2={`${placeOf(waterfall, from)}%`} y1="0" y2="8" stroke="var(--line-2)" />
      <rect x={`${left}%`} y="8" width={`${Math.max(0.6, right - left)}%`} height="11" fill={fill} />
      <line x1={`${whole}%`} x2={`${whole}%`} y1="0" y2="26" stroke="var(--text)" strokeWidth="1.25" />
    </svg>
  )
}
