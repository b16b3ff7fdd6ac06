import { StrongText } from '@/components/decision/strong-text'
import { AlertChip } from '@/components/slo/alert-chip'
import { StateBadge } from '@/components/slo/state-badge'
import { burnText, countText, leftText, NONE, sliText, spentText, targetText } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import { sloSentence } from '@/lib/review/sentence'
import type { Evidence, FrozenSlo, Snapshot } from '@/lib/review/snapshot'
import { tenthsText } from '@/lib/review/words'
import { STATE_WORDS } from '@/lib/slo/words'
import { SloChart } from './slo-chart'

type Props = { snapshot: Snapshot; slo: FrozenSlo; reason: string; explain: boolean }

/** One SLO: what is left, how fast it goes, and how it came to that. */
export function SloScreen({ snapshot, slo, reason, explain }: Props) {
  const { asOf, timeZone } = snapshot
  const evidence = snapshot.evidence[String(slo.id)]
  return (
    <>
      <p className="rv-service">
        {slo.service.name} <span>{reason}</span>
      </p>
      <div className="rv-title">
        <h2 className="rv-name">{slo.name}</h2>
        <span className="rv-badges">
          {slo.alert ? <AlertChip severity={slo.alert} /> : null}
          <StateBadge state={slo.state} large />
        </span>
      </div>
      <p className="rv-say">
        <StrongText>{sloSentence(slo, asOf, timeZone)}</StrongText>
      </p>
      {explain ? (
        <Explain slo={slo} evidence={evidence} />
      ) : (
        <div className="rv-figures">
          <div className={`rv-big is-${slo.state}`}>
            <p className="rv-left">
              {leftText(slo.remaining)}
              {slo.remaining === null ? null : <span>%</span>}
            </p>
            <p className="rv-left-word">of the budget left</p>
            <dl>
              <Burn word="1 h" burn={slo.burn.h1} />
              <Burn word="6 h" burn={slo.burn.h6} />
              <Burn word="24 h" burn={slo.burn.h24} />
            </dl>
          </div>
          {evidence ? (
            <SloChart slo={slo} evidence={evidence} asOf={asOf} zone={timeZone} />
          ) : (
            <p>No line: nothing was measured yet.</p>
          )}
        </div>
      )}
    </>
  )
}

const Burn = ({ word, burn }: { word: string; burn: number | null }) => (
  <div>
    <dt>{word}</dt>
    <dd>
      {burnText(burn)}
      {burn === null ? null : <span className="rv-unit">×</span>}
    </dd>
  </div>
)

/** The arithmetic with its values put in. */
function Explain({ slo, evidence }: { slo: FrozenSlo; evidence: Evidence | undefined }) {
  const known = evidence?.explain
  if (!known || slo.remaining === null)
    return <p className="rv-say">Nothing was measured yet, so there is nothing to calculate.</p>
  const bad = known.total - known.good
  const allowed = (1 - slo.target) * known.total
  const row = (word: string, value: string, how = '') => (
    <tr key={word}>
      <th scope="row">{word}</th>
      <td className="num">{value}</td>
      <td>{how}</td>
    </tr>
  )
  return (
    <table className="rv-table rv-explain">
      <caption className="sr-only">How what is left is calculated</caption>
      <tbody>
        {row('Good', countText(known.good), `of ${countText(known.total)} over ${slo.window}, with what is excluded left out`)}
        {row('SLI', `${sliText(slo.sli)} %`, `against a target of ${targetText(slo.target)} %`)}
        {row('Bad', countText(bad), `${countText(known.total)} − ${countText(known.good)}`)}
        {row('Budget', countText(allowed), `(1 − ${targetText(slo.target)} %) × ${countText(known.total)}`)}
        {known.credit === 0 ? null : row('Credit', `${spentText(known.credit)} %`, 'of the budget was given back')}
        {row(
          'Spent',
          `${spentText(1 - slo.remaining)} %`,
          `${countText(bad)} ÷ ${countText(allowed)}${known.credit === 0 ? '' : ', less the credit'}`,
        )}
        {row('Left', `${leftText(slo.remaining)} %`, '1 − what is spent, rounded down')}
      </tbody>
    </table>
  )
}

/** What changed since the last review, and who did it. */
export function SloAside({
  snapshot: { evidence: all, since, asOf, timeZone, last },
  slo,
}: {
  snapshot: Snapshot
  slo: FrozenSlo
}) {
  const spent = all[String(slo.id)]?.spent
  const day = dayText(since, asOf, timeZone)
  return (
    <section className="rv-since">
      <h2>Since {last === null ? day : `the review of ${day}`}, % of budget</h2>
      {spent && spent.lines.length > 0 ? (
        <ul>
          {spent.lines.map(({ label, detail, tenths }) => (
            <li key={`${label} ${detail}`}>
              <b className="num">{tenthsText(tenths)}</b>
              <span>
                {label}
                <em>{detail}</em>
              </span>
            </li>
          ))}
          <li className="rv-sum">
            <b className="num">{tenthsText(spent.total)}</b>
            <span>
              together
              <em>
                {spent.was === null ? 'not known then' : `${leftText(spent.was)} %`} to {leftText(slo.remaining)} %
                {slo.before && slo.before !== slo.state ? `, ${STATE_WORDS[slo.before]} then` : ''}
              </em>
            </span>
          </li>
        </ul>
      ) : (
        <p>{spent ? 'Nothing was spent.' : NONE}</p>
      )}
    </section>
  )
}
