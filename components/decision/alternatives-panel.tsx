import { alternativeText } from '@/lib/decision/alternative'
import type { Alternative } from '@/lib/decision/decision'
import type { UnixSeconds } from '@/lib/time-series/units'
import { DecisionWord } from './decision-mark'

/** What would change the answer. */
export function AlternativesPanel({ alternatives, now }: { alternatives: Alternative[]; now: UnixSeconds }) {
  if (alternatives.length === 0) return null
  return (
    <section className="panel v-alternatives" aria-labelledby="alternatives">
      <header className="d-panel-head">
        <h3 id="alternatives">Alternatives</h3>
        <span>what would change the answer</span>
      </header>
      <ul>
        {alternatives.map((one) => {
          const text = alternativeText(one, now)
          return (
            <li key={text} className="v-alternative">
              <b>{TITLES[one.kind]}</b>
              <span>{one.kind === 'smaller' ? capital(text.replace(/^[^:]*: /, '')) : text}</span>
              {one.kind === 'smaller' ? <DecisionWord decision={one.decision} /> : null}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const TITLES: Record<Alternative['kind'], string> = {
  smaller: 'A smaller change',
  canary: 'A small canary',
  later: 'Later',
  waiver: 'A waiver',
}
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
