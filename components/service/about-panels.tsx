import { CHARACTERISTIC_WORDS, type Characteristics } from '@/lib/service/characteristics'
import { CONTEXT_WORDS, type ServiceContext } from '@/lib/service/definition-input'
import type { Service } from '@/lib/service/service'
import { TierAdvice } from './tier-advice'

/** Why the objectives are what they are, in the words of whoever answers for the service. */
export function ContextPanel({ context }: { context: ServiceContext }) {
  return (
    <section className="panel" aria-labelledby="context-title">
      <header className="d-panel-head">
        <h3 id="context-title">Context</h3>
      </header>
      <dl className="s-context">
        {(Object.keys(CONTEXT_WORDS) as (keyof ServiceContext)[]).map((key) => (
          <div key={key}>
            <dt>{CONTEXT_WORDS[key]}</dt>
            <dd>{context[key] || <span className="s-none">not written down</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function TierPanel({ service }: { service: Service }) {
  const { tier, characteristics } = service.definition
  return (
    <section className="panel" aria-labelledby="tier-title">
      <header className="d-panel-head">
        <h3 id="tier-title">Tier</h3>
        <span>{service.tier}</span>
      </header>
      <dl className="s-facts">
        {(Object.keys(CHARACTERISTIC_WORDS) as (keyof Characteristics)[]).map((key) => (
          <Fact key={key} name={key} characteristics={characteristics} />
        ))}
        <div>
          <dt>Dependants</dt>
          <dd>{service.dependants.length}</dd>
        </div>
      </dl>
      <TierAdvice tier={tier} recommendation={service.recommendation} />
    </section>
  )
}

type FactProps<K extends keyof Characteristics> = { name: K; characteristics: Characteristics }

function Fact<K extends keyof Characteristics>({ name, characteristics }: FactProps<K>) {
  const { name: word, text } = CHARACTERISTIC_WORDS[name]
  return (
    <div>
      <dt>{word}</dt>
      <dd>{text(characteristics[name])}</dd>
    </div>
  )
}
