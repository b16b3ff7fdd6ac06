'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { useErrorAt } from '@/components/ui/use-error-at'
import { type RequestDraft, riskSoFar } from '@/lib/decision/request-draft'
import { QUESTION_NAMES, QUESTIONS } from '@/lib/decision/risk'
import { RISKS } from '@/lib/release/vocabulary'

/** Five plain questions that come to a risk, or the risk itself for whoever knows it. */
export function RiskFields() {
  const { register, control } = useFormContext<RequestDraft>()
  const by = useWatch({ control, name: 'by' })
  const answers = useWatch({ control, name: 'answers' })
  const errorAt = useErrorAt()
  return (
    <div className="f-risk">
      <fieldset className="f-by">
        <legend className="sr-only">How the risk is known</legend>
        <label className="check">
          <input type="radio" value="answers" {...register('by')} />
          <span>Five questions</span>
        </label>
        <label className="check">
          <input type="radio" value="known" {...register('by')} />
          <span>I know the risk</span>
        </label>
      </fieldset>
      {by === 'known' ? (
        <fieldset className="f-known">
          <legend className="field-label">Risk</legend>
          {RISKS.map((risk) => (
            <label key={risk} className="check">
              <input type="radio" value={risk} {...register('risk')} />
              <span>{risk}</span>
            </label>
          ))}
          {errorAt('risk') ? <p className="field-error">{errorAt('risk')}</p> : null}
        </fieldset>
      ) : (
        <>
          {QUESTION_NAMES.map((name) => {
            const { text, hint, weight } = QUESTIONS[name]
            const error = errorAt(`answers.${name}`)
            return (
              <fieldset key={name} className="f-question" aria-describedby={`hint-${name}`}>
                <legend>{text}</legend>
                <p id={`hint-${name}`} className={error ? 'field-error' : 'field-hint'}>
                  {error ?? `${hint}${weight > 1 ? ' Counts twice.' : ''}`}
                </p>
                <span className="f-answers">
                  {(['yes', 'no'] as const).map((answer) => (
                    <label key={answer}>
                      <input type="radio" value={answer} {...register(`answers.${name}`)} />
                      <span>{answer}</span>
                    </label>
                  ))}
                </span>
              </fieldset>
            )
          })}
          <p className="f-outcome" role="status">
            {outcomeOf(riskSoFar(answers))}
          </p>
        </>
      )}
    </div>
  )
}

const outcomeOf = ({ risk, points, left }: ReturnType<typeof riskSoFar>): string => {
  const counted = `${points} of 7 points: 0 or 1 is low, 2 or 3 medium, 4 and more high.`
  if (left === QUESTION_NAMES.length) return 'The answers come to low, medium or high.'
  if (left > 0) return `At least ${risk} risk so far; ${left} without an answer. ${counted}`
  return `${risk[0]?.toUpperCase()}${risk.slice(1)} risk. ${counted}`
}
