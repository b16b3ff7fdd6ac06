'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { removeNow } from '@/app/(portal)/templates/actions'
import { Link } from '@/components/ui/link'
import type { SloDraft } from '@/lib/slo/draft'
import { INDICATOR_FORMS } from '@/lib/slo/indicator-forms'
import type { Template } from '@/lib/template/template'

export type TemplateCard = Pick<Template, 'slug' | 'group' | 'name' | 'summary' | 'kind' | 'own' | 'draft'>

/** Starting points by the kind of service. A chosen one opens in place and says what it will ask for. */
export function TemplateGallery({ templates, may }: { templates: TemplateCard[]; may: boolean }) {
  const [shown, setShown] = useState<string | null>(null)
  const [message, setMessage] = useState('')
  const router = useRouter()
  const groups = [...new Set(templates.map(({ group }) => group))]
  const remove = async (slug: string) => {
    const result = await removeNow({ slug })
    setMessage(result.ok ? '' : result.message)
    if (result.ok) router.refresh()
  }
  return (
    <div className="gallery">
      <p className="gallery-lead">
        A template asks the source for the metrics of a service and fills in the rest.{' '}
        {may ? <Link href="/slos/new">Or begin with an empty form</Link> : 'Engineers and SLO owners use them.'}
        {may ? ', ' : ' '}
        <Link href="/slos/import">{may ? 'or with files you have.' : 'Files you have can be checked.'}</Link>
      </p>
      {message ? <p role="alert">{message}</p> : null}
      {groups.map((group) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>{group}</h2>
          <ul>
            {templates
              .filter((template) => template.group === group)
              .map((template) => (
                <li key={template.slug} className="panel gallery-item">
                  <h3>{template.name}</h3>
                  <span className="tag">{INDICATOR_FORMS[template.kind].name}</span>
                  <p>{template.summary}</p>
                  <div className="gallery-do">
                    {may ? (
                      <Link
                        className="btn btn-sm"
                        href={`/slos/new?template=${template.slug}`}
                        aria-label={`Use ${template.name}`}
                      >
                        Use
                      </Link>
                    ) : null}
                    <button
                      type="button"
                      className="btn btn-quiet btn-sm"
                      aria-expanded={shown === template.slug}
                      onClick={() => setShown(shown === template.slug ? null : template.slug)}
                    >
                      Preview<span className="sr-only"> {template.name}</span>
                    </button>
                    {may && template.own ? (
                      <button type="button" className="btn btn-quiet btn-sm" onClick={() => remove(template.slug)}>
                        Remove<span className="sr-only"> {template.name}</span>
                      </button>
                    ) : null}
                  </div>
                  {shown === template.slug ? <Preview {...template} /> : null}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Preview({ kind, draft }: { kind: TemplateCard['kind']; draft: SloDraft }) {
  const form = INDICATOR_FORMS[kind]
  return (
    <dl className="gallery-preview">
      <div>
        <dt>Objective</dt>
        <dd>
          {draft.objectives.map(({ target, threshold }) => `${target} %${threshold ? ` within ${threshold} s` : ''}`).join(', ')}{' '}
          over {draft.windowKind === 'rolling' ? `${draft.days} d` : `a calendar ${draft.unit}`}
        </dd>
      </div>
      {form.fields.map(({ key, label, example, unit }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            <code>{draft.fields[key] || example}</code> {draft.fields[key] && unit ? unit : ''}
          </dd>
        </div>
      ))}
      {draft.excludedLabel ? (
        <div>
          <dt>Left out</dt>
          <dd>
            <code>{draft.excludedLabel}</code> {draft.excludedValues}
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
