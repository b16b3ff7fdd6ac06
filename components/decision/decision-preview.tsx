'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { tryNow } from '@/app/(portal)/releases/actions'
import { type RequestDraft, riskOfDraft } from '@/lib/decision/request-draft'
import { instantInput } from '@/lib/incident/draft'
import type { UnixSeconds } from '@/lib/time-series/units'
import { AlternativesPanel } from './alternatives-panel'
import { DecisionMark } from './decision-mark'
import { RulesPanel } from './rules-panel'
import { StrongText } from './strong-text'

/** A moment without typing. Milliseconds. */
const PAUSE = 300
const HEADLINES = {
  approve: 'It would be approved at once',
  review: 'It would need a review',
  defer: 'It would be deferred',
  block: 'It would be blocked',
} as const

/** What would be decided now about what is written so far, with its rules and with what would make it a yes. */
export function DecisionPreview({ now }: { now: UnixSeconds }) {
  const { control } = useFormContext<RequestDraft>()
  const [service, changeType, by, risk, answers, plannedAt] = useWatch({
    control,
    name: ['service', 'changeType', 'by', 'risk', 'answers', 'plannedAt'],
  })
  const known = riskOfDraft({ by, risk, answers })
  const asked = useSettled(JSON.stringify({ service, changeType, risk: known, plannedAt: instantInput(plannedAt) }))
  const ready = service !== '' && known !== null
  const { data, isError } = useQuery({
    queryKey: ['releases', 'try', asked],
    queryFn: () => tryNow(JSON.parse(asked)),
    enabled: ready && !asked.includes('"risk":null'),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: 1,
  })
  if (!ready)
    return (
      <section className="panel v-verdict f-waits" aria-live="polite">
        <h3 className="v-headline">{service === '' ? 'Choose a service' : 'Answer the five questions'}</h3>
        <p className="v-why">Then the decision stands here at once, with every rule and what would make it a yes.</p>
      </section>
    )
  if (isError || data?.ok === false)
    return (
      <section className="panel v-verdict f-waits" aria-live="polite">
        <h3 className="v-headline">No decision yet</h3>
        <p className="v-why">
          {data?.ok === false ? data.message : 'The portal does not answer. Go on writing; it is tried again.'}
        </p>
      </section>
    )
  if (!data) return <section className="panel v-verdict f-waits" aria-busy="true" />
  const { decision, rationale, rules, alternatives } = data.data
  return (
    <>
      <section className={`panel v-verdict is-${decision}`} aria-live="polite" aria-labelledby="would-be">
        <h3 id="would-be" className="v-headline">
          <DecisionMark sign={decision} />
          {HEADLINES[decision]}
        </h3>
        <p className="v-why">
          {rationale.map((sentence) => (
            <span key={sentence}>
              <StrongText>{sentence}</StrongText>{' '}
            </span>
          ))}
        </p>
      </section>
      <AlternativesPanel alternatives={alternatives} now={now} />
      <RulesPanel rules={rules} />
    </>
  )
}

/** The value once it has stood still for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
