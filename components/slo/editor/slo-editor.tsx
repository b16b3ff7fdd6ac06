'use client'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { setResultNow } from '@/app/(portal)/journeys/actions'
import { createNow, updateNow } from '@/app/(portal)/slos/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import { Notice } from '@/components/ui/notice'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { Saved } from '@/lib/slo/commands-define'
import { measuresOtherwise } from '@/lib/slo/definition-diff'
import { draftOf, fieldOfPath, type SloDraft } from '@/lib/slo/draft'
import type { EditorStart } from '@/lib/slo/reads-editor'
import { DetailFields } from './detail-fields'
import { draftResolver, readDraft } from './draft-form'
import { IndicatorFields } from './indicator-fields'
import { NameFields } from './name-fields'
import { ObjectiveFields } from './objective-fields'
import { PreviewPanel } from './preview-panel'
import { SaveBar } from './save-bar'
import { usePreview } from './use-preview'

type Conflict = Extract<Saved, { kind: 'conflict' }>
const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'

type Props = { start: EditorStart; template: string | null /** whose composite is made here */; journey?: string | null }

/** One form for new and stored SLOs: left what is promised, right what that would have meant. */
export function SloEditor({ start, template, journey = null }: Props) {
  const router = useRouter()
  const ready = useHydrated()
  const form = useForm<SloDraft>({ defaultValues: start.draft, resolver: draftResolver, mode: 'onTouched' })
  const draft = useWatch({ control: form.control }) as SloDraft
  const { first, messages } = useMemo(() => readDraft(draft), [draft])
  const [alertPolicy, setAlertPolicy] = useState<string | null>(null)
  const preview = usePreview(first, messages[0]?.message ?? '', alertPolicy)
  const [version, setVersion] = useState(start.stored?.version ?? 0)
  const [past, setPast] = useState<'measure-again' | 'keep'>('measure-again')
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const findings = preview.kind === 'ready' ? preview.preview.findings : []
  const sourceId = start.sources.find(({ name }) => name === draft.dataSource)?.id
  const before = useMemo(() => start.stored && readDraft(start.stored.draft).first, [start])
  const otherwise = Boolean(before && first && measuresOtherwise(before, first))

  const showIssues = (issues: { path: string; message: string }[], text: string) => {
    for (const { path, message: words } of issues) {
      const [, index = '0', inner = path] = /^(?:definitions\.(\d+)|definition)\.(.+)$/.exec(path) ?? []
      form.setError(fieldOfPath(inner, Number(index)) as keyof SloDraft, { type: 'server', message: words })
    }
    setMessage(text)
  }
  const save = async (lifecycle: 'draft' | 'active', over = version) => {
    setMessage('')
    if (!(await form.trigger(undefined, { shouldFocus: true }))) return setMessage('Correct what is marked, then save again.')
    setBusy(true)
    try {
      const { definitions: ready } = readDraft(form.getValues())
      if (start.stored) {
        const result = await updateNow({ id: start.stored.id, version: over, definition: ready[0], lifecycle, past })
        if (!result.ok) return showIssues(result.issues, result.message)
        if (result.data.kind === 'conflict') return setConflict(result.data)
        return router.push(`/slos/${result.data.id}`)
      }
      const result = await createNow({ definitions: ready, lifecycle })
      if (!result.ok) return showIssues(result.issues, result.message)
      if (journey) {
        const named = await setResultNow({ slug: journey, sloId: result.data.ids[0] })
        if (named.ok) return router.push(`/journeys/${journey}`)
      }
      router.push(`/slos/${result.data.ids[0]}`)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  const onService = (slug: string) => {
    if (template && !start.stored) router.replace(`/slos/new?template=${template}&service=${slug}`)
  }
  const onTheirs = ({ definition, version: theirs }: Conflict) => {
    form.reset(draftOf(definition))
    setVersion(theirs)
    setConflict(null)
  }
  const onMine = ({ version: theirs }: Conflict) => {
    setVersion(theirs)
    setConflict(null)
    void save(start.stored?.lifecycle ?? 'active', theirs)
  }
  return (
    <FormProvider {...form}>
      {start.notes.length > 0 ? <Notice tone="info">{start.notes.join(' ')}</Notice> : null}
      <form className="editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <fieldset className="e-form" disabled={!ready}>
          <NameFields services={start.services} findings={findings} isNew={!start.stored} onService={onService} />
          <IndicatorFields sourceId={sourceId} findings={findings} />
          <ObjectiveFields
            findings={findings}
            bounds={preview.kind === 'ready' ? preview.preview.bounds : []}
            several={!start.stored}
          />
          <DetailFields findings={findings} sources={start.sources} />
          {otherwise && start.stored?.lifecycle === 'active' ? <Past past={past} onPast={setPast} /> : null}
        </fieldset>
        <PreviewPanel state={preview} alertPolicy={alertPolicy} onAlertPolicy={setAlertPolicy} />
      </form>
      <SaveBar
        lifecycle={start.stored?.lifecycle ?? null}
        preview={preview}
        busy={busy}
        message={message}
        back={start.stored ? `/slos/${start.stored.id}` : '/'}
        onSave={save}
      />
      <ConflictDialog conflict={conflict} onTheirs={onTheirs} onMine={onMine} onClose={() => setConflict(null)} />
    </FormProvider>
  )
}

function Past({ past, onPast }: { past: 'measure-again' | 'keep'; onPast: (past: 'measure-again' | 'keep') => void }) {
  return (
    <fieldset className="e-section">
      <legend>The past</legend>
      <p className="field-hint">You change what is measured, not only how it is judged.</p>
      <label className="check">
        <input type="radio" name="past" checked={past === 'measure-again'} onChange={() => onPast('measure-again')} />
        <span>
          Measure the past again{' '}
          <span className="field-hint">
            90 days are read again; what the source no longer has is lost. Composites over this SLO are counted again too
          </span>
        </span>
      </label>
      <label className="check">
        <input type="radio" name="past" checked={past === 'keep'} onChange={() => onPast('keep')} />
        <span>
          Keep the past as it was measured <span className="field-hint">the new query counts from now on</span>
        </span>
      </label>
    </fieldset>
  )
}
