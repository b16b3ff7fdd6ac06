import { ceiled, targetText } from '@/lib/format'
import { TIER_DEFAULTS, TIERS, type Tier, tierText } from '@/lib/service/tier'
import { listText, recommendationText, type TierRecommendation } from '@/lib/service/tier-recommendation'

type Props = { tier: Tier | null; recommendation: TierRecommendation | null }

/** The tier that the facts call for, with its reasons, beside the chosen one and what each tier usually promises. */
export function TierAdvice({ tier, recommendation }: Props) {
  const differs = tier !== null && recommendation !== null && tier !== recommendation.tier
  return (
    <div className="s-tier">
      <p role="status">
        {recommendation ? capital(recommendationText(recommendation)) : 'Nothing stated yet to recommend a tier from'}.
      </p>
      {differs ? (
        <p className="s-differs">
          The chosen tier is {tierText(tier)}, {TIERS.indexOf(tier) < TIERS.indexOf(recommendation.tier) ? 'more' : 'less'} than
          the facts call for.
        </p>
      ) : null}
      {recommendation && recommendation.also.length > 0 ? (
        <p className="s-quiet">
          Also heard: {recommendation.also.map((one) => `${one.text} (${tierText(one.tier)})`).join('; ')}.
        </p>
      ) : null}
      {recommendation && recommendation.missing.length > 0 ? (
        <p className="s-quiet">Not stated: {listText(recommendation.missing)}.</p>
      ) : null}
      <table className="d-table s-tiers">
        <caption className="sr-only">What each tier usually promises</caption>
        <thead>
          <tr>
            <th scope="col">Tier, usually</th>
            <th scope="col">Target</th>
            <th scope="col">p99</th>
            <th scope="col">Errors</th>
          </tr>
        </thead>
        <tbody>
          {TIERS.map((one) => (
            <tr key={one} aria-current={one === tier ? 'true' : undefined}>
              <th scope="row">
                {tierText(one)} {one === tier ? <span className="tag">chosen</span> : null}{' '}
                {one === recommendation?.tier ? <span className="tag tag-line">recommended</span> : null}
              </th>
              <td>
                {targetText(TIER_DEFAULTS[one].target)}
                <span className="u">%</span>
              </td>
              <td>
                {TIER_DEFAULTS[one].p99 < 1 ? TIER_DEFAULTS[one].p99 * 1000 : TIER_DEFAULTS[one].p99}
                <span className="u">{TIER_DEFAULTS[one].p99 < 1 ? 'ms' : 's'}</span>
              </td>
              <td>
                {ceiled(TIER_DEFAULTS[one].errors * 100, 1)}
                <span className="u">%</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`
