'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { makeNow } from '@/app/(portal)/templates/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { slugOf } from '@/lib/slo/definition-input'

type Props = { open: boolean; onClose: () => void; sloId: number; name: string }

/** Keeps a definition for other services. */
export function TemplateDialog({ open, onClose, sloId, name }: Props) {
  const router = useRouter()
  const [failed, setFailed] = useState<Record<string, string>>({})
  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = Object.fromEntries(new FormData(event.currentTarget)) as { name: string; summary: string }
    const result = await makeNow({ sloId, ...given, slug: slugOf(given.name) })
    if (result.ok) return router.push('/templates')
    const issues = Object.fromEntries(result.issues.map(({ path, message }) => [path === 'slug' ? 'name' : path, message]))
    setFailed(result.issues.length > 0 ? issues : { name: result.message })
  }
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? undefined : onClose())} title="Make a template">
      <form className="e-conflict" onSubmit={make}>
        <p>Where the name of the service stands in a label, the template puts the service it is used for.</p>
        <Field label="Name" error={failed.name}>
          {(ids) => <input className="input" name="name" defaultValue={name} {...ids} />}
        </Field>
        <Field label="Summary" error={failed.summary} hint="One line for the gallery.">
          {(ids) => <input className="input" name="summary" {...ids} />}
        </Field>
        <div className="e-choices">
          <button type="submit" className="btn btn-primary">
            Make the template
          </button>
        </div>
      </form>
    </Dialog>
  )
}
