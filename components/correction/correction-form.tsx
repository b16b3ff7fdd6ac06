'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { requestNow } from '@/app/(portal)/corrections/actions'
import { Link } from '@/components/ui/link'
import { type CorrectionDraft, correctionField, correctionInput } from '@/lib/correction/draft'
import { effectsQuery } from '@/lib/correction/query-options'
import { newCorrectionSchema } from '@/lib/correction/schema'
import { CreditFields, ScheduleFields, type ScopeChoice, ScopeFields } from './correction-fields'
import { EffectTable } from './effect-table'

type Start = { draft: CorrectionDraft; services: ScopeChoice[] }
const LOST = 'The portal does not answer. Nothing was asked; try again in a minute.'

/** Asks for an exclusion or a credit, beside what it would do. */
export function CorrectionForm({ start: { draft: first, services } }: { start: Start }) {
  const router = useRouter()
  const form = useForm<CorrectionDraft>({ defaultValues: first })
  const draft = useWatch({ control: form.control }) as CorrectionDraft
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const input = correctionInput(draft)
  const parsed = newCorrectionSchema.safeParse(input)

  const mark = (issues: { path: string; message: string }[], text: string) => {
    for (const issue of issues) form.setError(correctionField(issue.path), { message: issue.message })
    setMessage(text)
  }
  const send = async () => {
    form.clearErrors()
    setMessage('')
    if (!parsed.success)
      return mark(
        parsed.error.issues.map(({ path, message: words }) => ({ path: path.join('.'), message: words })),
        'Correct what is marked, then ask again.',
      )
    setBusy(true)
    try {
      const result = await requestNow(input)
      if (result.ok) return router.push(`/corrections?shown=${result.data.id}`)
      mark(result.issues, result.message)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormProvider {...form}>
      <form className="editor" noValidate onSubmit={(event) => event.preventDefault()}>
        <div className="e-form">
          <fieldset className="e-section">
            <legend>Kind</legend>
            <div className="c-kinds">
              <label className="check">
                <input type="radio" value="exclusion" {...form.register('kind')} />
                <span>
                  Exclusion <span className="field-hint">a stretch of time that does not count</span>
                </span>
              </label>
              <label className="check">
                <input type="radio" value="credit" {...form.register('kind')} />
                <span>
                  Budget credit <span className="field-hint">extra minutes on top of the budget</span>
                </span>
              </label>
            </div>
          </fieldset>
          <ScopeFields services={services} />
          {draft.kind === 'exclusion' ? <ScheduleFields /> : <CreditFields />}
        </div>
        <Effects input={parsed.success ? input : undefined} missing={parsed.error?.issues[0]?.message ?? ''} />
      </form>
      <footer className="e-bar">
        <p role="alert">{message}</p>
        <Link href="/corrections" className="btn btn-quiet">
          Cancel
        </Link>
        <button type="button" className="btn btn-primary" disabled={busy} onClick={send}>
          {busy ? 'Asking …' : 'Ask for approval'}
        </button>
      </footer>
    </FormProvider>
  )
}

function Effects({ input, missing }: { input: Record<string, unknown> | undefined; missing: string }) {
  const { data, error, isFetching } = useQuery({ ...effectsQuery(input), placeholderData: (previous) => previous })
  return (
    <section className="panel e-preview" aria-labelledby="effects-title">
      <header className="d-panel-head">
        <h2 id="effects-title">Effect on the budgets</h2>
        {isFetching ? <span role="status">counting …</span> : null}
      </header>
      {!input ? <p className="e-quiet">Next: {missing}</p> : null}
      {input && error ? (
        <p className="e-quiet" role="alert">
          {error.message}
        </p>
      ) : null}
      {input && data ? (
        data.length > 0 ? (
          <EffectTable effects={data} />
        ) : (
          <p className="e-quiet">No SLO is measured here yet.</p>
        )
      ) : null}
      <p className="e-quiet">
        Samples stay as they are: what was measured and what counts are both shown. Somebody else has to approve it, and it can be
        withdrawn.
      </p>
    </section>
  )
}
