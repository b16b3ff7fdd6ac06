'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, type Path, useForm, useWatch } from 'react-hook-form'
import { changeNow, createNow } from '@/app/(portal)/settings/channels/actions'
import { Dialog } from '@/components/ui/dialog'
import { CHANNEL_KINDS, channelChangeSchema, KIND_WORDS, newChannelSchema } from '@/lib/notify/channel'
import { type ChannelDraft, channelChangeInput, draftOf, newChannelInput } from '@/lib/notify/draft'
import type { ChannelInfo } from '@/lib/notify/schema'
import { RouteFields } from './route-fields'
import { TargetFields } from './target-fields'

type Props = { channel: ChannelInfo | null; teams: { slug: string; name: string }[]; onClose: () => void }

export function ChannelDialog({ channel, teams, onClose }: Props) {
  const router = useRouter()
  const form = useForm<ChannelDraft>({ defaultValues: draftOf(channel) })
  const kind = useWatch({ control: form.control, name: 'kind' })
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)

  const mark = (issues: { path: string; message: string }[], text: string) => {
    // An address in the middle of a list belongs to the field of the list.
    for (const { path, message: words } of issues)
      form.setError(path.replace(/^(to|routes)\..*/, '$1') as Path<ChannelDraft>, { message: words })
    setMessage(text)
  }
  const save = async () => {
    form.clearErrors()
    const draft = form.getValues()
    const input = channel ? channelChangeInput(draft, channel.version) : newChannelInput(draft)
    const parsed = (channel ? channelChangeSchema : newChannelSchema).safeParse(input)
    if (!parsed.success)
      return mark(
        parsed.error.issues.map(({ path, message: words }) => ({ path: path.join('.'), message: words })),
        'Correct what is marked, then save again.',
      )
    setBusy(true)
    const result = channel ? await changeNow({ id: channel.id, ...input }) : await createNow(input)
    setBusy(false)
    if (!result.ok) return mark(result.issues, result.message)
    onClose()
    router.refresh()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={channel ? `Edit “${channel.name}”` : 'New channel'}
    >
      <FormProvider {...form}>
        <form
          className="e-conflict"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <fieldset className="n-kinds" disabled={channel !== null}>
            <legend className="field-label">Kind</legend>
            {CHANNEL_KINDS.map((one) => (
              <label key={one} className="check">
                <input type="radio" value={one} {...form.register('kind')} />
                <span>{KIND_WORDS[one]}</span>
              </label>
            ))}
          </fieldset>
          <TargetFields kind={kind} channel={channel} />
          <RouteFields teams={teams} />
          <p role="alert">{message}</p>
          <div className="e-choices">
            <button type="button" className="btn btn-quiet" onClick={onClose}>
              Cancel
            </button>
            <button type="submit" className="btn btn-primary" disabled={busy}>
              {busy ? 'Saving …' : 'Save the channel'}
            </button>
          </div>
        </form>
      </FormProvider>
    </Dialog>
  )
}
