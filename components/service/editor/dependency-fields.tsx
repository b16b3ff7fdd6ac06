'use client'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { ServiceDraft } from '@/lib/service/draft'
import { ClosedIfSaid, FROM_GIT, useSaid } from './service-field'

/** The services it needs: written with completion, added one by one. */
export function DependencyFields({ services }: { services: { slug: string; name: string }[] }) {
  const { control, clearErrors } = useFormContext<ServiceDraft>()
  const { field } = useController({ control, name: 'dependencies' })
  const errorAt = useErrorAt()
  const said = useSaid('dependencies')
  const [text, setText] = useState('')
  const [unknown, setUnknown] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const chosen = field.value
  const change = (next: string[]) => {
    field.onChange(next)
    clearErrors('dependencies')
    setUnknown('')
  }
  const add = () => {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return
    const found = services.find(({ slug, name }) => slug === wanted || name.toLowerCase() === wanted)
    if (!found) return setUnknown(`There is no service “${text.trim()}”. Choose one of the list.`)
    change([...new Set([...chosen, found.slug])].sort())
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  const remove = (slug: string) => {
    change(chosen.filter((one) => one !== slug))
    input.current?.focus()
  }
  return (
    <fieldset className="e-section">
      <legend>Dependencies</legend>
      <ClosedIfSaid of="dependencies">
        <div className="s-add">
          <Field
            label="Depends on"
            hint={said ? FROM_GIT : 'Services it cannot work without. Arrows in a circle are refused.'}
            error={unknown || errorAt('dependencies')}
          >
            {(ids) => (
              <input
                className="input"
                list="services-known"
                placeholder="Name or short name"
                value={text}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={onKeyDown}
                onBlur={field.onBlur}
                {...ids}
                ref={(element) => {
                  input.current = element
                  field.ref(element)
                }}
              />
            )}
          </Field>
          <button type="button" className="btn" onClick={add}>
            Add
          </button>
        </div>
        <datalist id="services-known">
          {services
            .filter(({ slug }) => !chosen.includes(slug))
            .map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
        </datalist>
        {chosen.length > 0 ? (
          <ul className="s-chosen" aria-label="Chosen dependencies">
            {chosen.map((slug) => (
              <li key={slug} className="tag">
                {services.find((service) => service.slug === slug)?.name ?? slug}
                <button type="button" aria-label={`Remove ${slug}`} onClick={() => remove(slug)}>
                  <Icon name="cross" />
                </button>
              </li>
            ))}
          </ul>
        ) : null}
      </ClosedIfSaid>
    </fieldset>
  )
}
