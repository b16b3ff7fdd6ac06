'use client'
import { useFormContext, useWatch } from 'react-hook-form'
import { characteristicsSchema, NOTHING_STATED } from '@/lib/service/characteristics'
import { characteristicsInputOf, type ServiceDraft } from '@/lib/service/draft'
import { recommendTier, type TierFacts } from '@/lib/service/tier-recommendation'
import { TierAdvice } from '../tier-advice'

/** The recommended tier while the facts are being typed. What cannot be read yet counts as not stated. */
export function LiveAdvice({ dependants }: { dependants: TierFacts['dependants'] }) {
  const { control } = useFormContext<ServiceDraft>()
  const draft = useWatch({ control }) as ServiceDraft
  const stated = characteristicsInputOf(draft)
  const all = characteristicsSchema.safeParse(stated)
  const some = characteristicsSchema.safeParse({ ...stated, traffic: null })
  const characteristics = all.data ?? some.data ?? NOTHING_STATED
  return (
    <aside className="panel s-advice" aria-labelledby="advice-title">
      <header className="d-panel-head">
        <h2 id="advice-title">Recommended tier</h2>
      </header>
      <TierAdvice tier={draft.tier === '' ? null : draft.tier} recommendation={recommendTier({ characteristics, dependants })} />
    </aside>
  )
}
