'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useWatch } from 'react-hook-form'
import { budgetPolicySchema } from '@/lib/policy/budget-policy'
import { type BudgetPolicyDraft, inputOfBudgetDraft } from '@/lib/policy/draft'
import { policyPreviewQuery } from '@/lib/policy/query-options'
import { PolicyPreview } from './policy-preview'

const PAUSE = 500

/** What the rules would have done in the last 90 days, while they are written; the old answer stays until the new one is there. */
export function PolicyPreviewPanel({ of }: { of: string }) {
  const draft = useWatch<BudgetPolicyDraft>() as BudgetPolicyDraft
  const read = budgetPolicySchema.safeParse(inputOfBudgetDraft(draft).settings)
  const settings = read.success ? read.data : undefined
  const key = JSON.stringify(settings ?? null)
  const [asked, setAsked] = useState(settings)
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal settings are new objects at every keystroke
  useEffect(() => {
    const timer = setTimeout(() => setAsked(settings), PAUSE)
    return () => clearTimeout(timer)
  }, [key])
  const { data, error, isFetching } = useQuery({ ...policyPreviewQuery(asked, of), placeholderData: (previous) => previous })
  const waiting = JSON.stringify(asked ?? null) !== key
  return (
    <section className="panel e-preview" aria-labelledby="preview-title" aria-busy={isFetching}>
      <header className="d-panel-head">
        <h2 id="preview-title">The last 90 days under these rules</h2>
        {settings && (isFetching || waiting) ? <span role="status">looking …</span> : null}
      </header>
      {read.success ? null : <p className="e-quiet">Next: {read.error.issues[0]?.message}</p>}
      {settings && error && !waiting ? (
        <p className="e-finding e-error" role="status">
          {error.message}
        </p>
      ) : null}
      {data && !error ? <PolicyPreview preview={data} /> : null}
      {settings && !data && !error ? <p className="e-quiet">Looking …</p> : null}
    </section>
  )
}
