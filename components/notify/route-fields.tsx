'use client'
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form'
import { useErrorAt } from '@/components/ui/use-error-at'
import { routeText, SEVERITIES } from '@/lib/notify/channel'
import type { ChannelDraft } from '@/lib/notify/draft'
import { TIERS, tierText } from '@/lib/service/tier'

const PLURAL = { page: 'pages', ticket: 'tickets' } as const

/** Which notices go to the channel: any of these. Nothing ticked in a row means all of it. */
export function RouteFields({ teams }: { teams: { slug: string; name: string }[] }) {
  const { control } = useFormContext<ChannelDraft>()
  const { fields, append, remove } = useFieldArray({ control, name: 'routes' })
  const routes = useWatch<ChannelDraft, 'routes'>({ name: 'routes' })
  const error = useErrorAt()('routes')
  return (
    <section aria-labelledby="routes-title" className="n-routes">
      <h3 id="routes-title">What goes to it</h3>
      <p className="field-hint">Nothing ticked in a row: all of it. Notices that several routes lead to arrive once.</p>
      {fields.map((field, i) => {
        const route = routes[i]
        return (
          <fieldset key={field.id} className="n-route-fields">
            <legend className="field-label">{route ? routeText(route) : 'Route'}</legend>
            <Ticks name={`routes.${i}.severities`} label="Severity" choices={SEVERITIES.map((one) => [one, PLURAL[one]])} />
            <Ticks name={`routes.${i}.tiers`} label="Tier" choices={TIERS.map((tier) => [tier, tierText(tier)])} />
            <Ticks name={`routes.${i}.teams`} label="Team" choices={teams.map(({ slug, name }) => [slug, name])} />
            {fields.length > 1 ? (
              <button type="button" className="btn btn-quiet btn-sm" onClick={() => remove(i)}>
                Remove this route
              </button>
            ) : null}
          </fieldset>
        )
      })}
      {error ? <p className="field-error">{error}</p> : null}
      <button
        type="button"
        className="btn btn-quiet btn-sm"
        onClick={() => append({ severities: [], tiers: [], teams: [] }, { shouldFocus: false })}
      >
        Add a route
      </button>
    </section>
  )
}

type TickName = `routes.${number}.${'severities' | 'tiers' | 'teams'}`

function Ticks({ name, label, choices }: { name: TickName; label: string; choices: [string, string][] }) {
  const { register } = useFormContext<ChannelDraft>()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset of its own for each row would be a fieldset in a fieldset in a dialog
    <div className="n-ticks" role="group" aria-label={label}>
      <span className="field-hint">{label}</span>
      {choices.map(([value, words]) => (
        <label key={value} className="check">
          <input type="checkbox" value={value} {...register(name)} />
          <span>{words}</span>
        </label>
      ))}
    </div>
  )
}
