import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { instantText } from '@/lib/format-time'
import type { Specification } from '@/lib/service/specification'
import { Pairs } from './pairs'
import { PrintButton } from './print-button'
import { SpecifiedObjectiveSection } from './specified-objective'

/** A document to read from top to bottom, on a screen and on paper. */
export function SpecificationPage({ specification: spec }: { specification: Specification }) {
  return (
    <article className="spec">
      <header>
        <h2>{spec.name}: service level objectives</h2>
        <p>{spec.description}</p>
        <p className="spec-asof">
          Version {spec.version} of the service, as of {instantText(spec.asOf, spec.asOf)} UTC.
        </p>
        <div className="spec-do">
          <a className="btn btn-sm" href={`/api/v1/services/${spec.slug}/specification.md`}>
            Markdown
          </a>
          <PrintButton />
        </div>
      </header>
      <Section title="Owners and links">
        <Pairs items={spec.owners} />
        <ul className="spec-links">
          {spec.links.map(({ name, href }) => (
            <li key={name}>
              <a href={href} target="_blank" rel="noopener noreferrer">
                {name}
              </a>{' '}
              <span>{href}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Context">
        <Pairs items={spec.context} />
      </Section>
      <Section title="Tier and characteristics">
        <Pairs items={spec.tier} />
        <Pairs items={spec.characteristics} />
      </Section>
      {spec.journeys.length > 0 ? (
        <Section title="Journeys">
          {spec.journeys.map(({ name, text, steps }) => (
            <div key={name}>
              <h4>{name}</h4>
              <p>{text}</p>
              <ol>
                {steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </div>
          ))}
        </Section>
      ) : null}
      <Section title="Objectives">
        {spec.objectives.length === 0 ? <p>This service promises nothing so far.</p> : null}
        {spec.objectives.map((objective) => (
          <SpecifiedObjectiveSection key={objective.id} objective={objective} />
        ))}
      </Section>
      <Section title="Dependencies">
        {spec.dependencies.length > 0 ? <Pairs items={spec.dependencies} /> : <p>It needs no other service.</p>}
      </Section>
      <Section title="Dependants">
        {spec.dependants.length > 0 ? <Pairs items={spec.dependants} /> : <p>No other service needs it.</p>}
      </Section>
      <p className="spec-back">
        <Link href={`/services/${spec.slug}`}>How {spec.name} stands now</Link>
      </p>
    </article>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
