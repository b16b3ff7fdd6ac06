import { SignedBar } from '@/components/slo/signed-bar'
import { StateWord } from '@/components/slo/state-badge'
import { Link } from '@/components/ui/link'
import { leftText, targetText } from '@/lib/format'
import type { JourneySlo, JourneyStepView, JourneyView } from '@/lib/journey/journey'
import { RULE_WORDS } from '@/lib/slo/composite'

/** The way in order: what each step promises and how it stands, with the result of the whole on top. */
export function JourneyMap({ journey, may }: { journey: JourneyView; may: boolean }) {
  const { steps, result, slug } = journey
  return (
    <>
      <section className="j-result" aria-labelledby="result-title">
        <h3 id="result-title">The whole way</h3>
        {result ? (
          <Result slo={result} />
        ) : (
          <NoResult slug={slug} may={may} possible={steps.filter(({ slo }) => slo).length > 1} />
        )}
      </section>
      <ol className="j-map" aria-label="Steps">
        {steps.map((step, i) => (
          <Step key={step.name} step={step} number={i + 1} outside={result !== null && !step.inResult} />
        ))}
      </ol>
      {journey.businessImpact ? (
        <section className="j-words">
          <h3>When it breaks</h3>
          <p>{journey.businessImpact}</p>
        </section>
      ) : null}
    </>
  )
}

function Result({ slo }: { slo: JourneySlo }) {
  const { id, name, service, state, remaining, rule, target, window, gone } = slo
  return (
    <div className={`j-whole is-${state ?? 'no-data'}`}>
      <StateWord state={state ?? 'no-data'} />
      <Left remaining={remaining} state={state} />
      <p>
        {gone ? name : <Link href={`/slos/${id}`}>{name}</Link>} <span className="j-quiet">{service}</span>, {targetText(target)}{' '}
        % over {window}. {gone ? 'It was deleted: nothing judges the whole way now.' : null}
        {rule ? (
          <>
            Rule: <b>{RULE_WORDS[rule].name}</b>. {RULE_WORDS[rule].says}
          </>
        ) : null}
      </p>
    </div>
  )
}

function NoResult({ slug, may, possible }: { slug: string; may: boolean; possible: boolean }) {
  return (
    <div className="j-whole">
      <p>
        Each step is judged by itself; nothing judges the whole way yet.{' '}
        {possible ? '' : 'Two measured steps are needed for a composite SLO.'}
      </p>
      {may && possible ? (
        <Link className="btn" href={`/slos/new?journey=${slug}`}>
          Create the composite SLO of this journey
        </Link>
      ) : null}
    </div>
  )
}

function Step({ step, number, outside }: { step: JourneyStepView; number: number; outside: boolean }) {
  const { name, sliType, threshold, slo } = step
  const state = slo?.state ?? 'no-data'
  return (
    <li className={`j-step ${slo ? `is-${state}` : 'j-step-none'}`}>
      <span className="j-count" aria-hidden="true">
        {number}
      </span>
      <h3>{name}</h3>
      <p className="j-promise">
        {sliType}, {threshold}
      </p>
      {slo ? (
        <>
          <StateWord state={state} />
          <Left remaining={slo.remaining} state={slo.state} />
          <p className="j-slo">
            {slo.gone ? `${slo.name}, which was deleted` : <Link href={`/slos/${slo.id}`}>{slo.name}</Link>}{' '}
            <span className="j-quiet">{slo.service}</span>
          </p>
        </>
      ) : (
        <p className="state">
          <i className="j-none" aria-hidden="true" /> not measured
        </p>
      )}
      {outside && slo ? <p className="j-quiet">not part of the result ({slo.window})</p> : null}
    </li>
  )
}

function Left({ remaining, state }: Pick<JourneySlo, 'remaining' | 'state'>) {
  if (remaining === null) return null
  return (
    <p className="j-left">
      <SignedBar remaining={remaining} state={state ?? 'no-data'} />
      <b>{leftText(remaining)} %</b> <span className="j-quiet">left</span>
    </p>
  )
}
