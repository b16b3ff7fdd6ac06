import type { Rule, RuleName } from '@/lib/decision/decision'
import { inputText, outcomeText, rulesText } from '@/lib/decision/figures'
import { DecisionMark } from './decision-mark'

const NAMES: Record<RuleName, string> = {
  status: 'Status and risk',
  data: 'Data',
  cost: 'Cost fits the budget',
  freeze: 'Freeze windows',
  incidents: 'Severe incidents',
  lane: 'Change lane',
  waiver: 'Waiver',
}
/** Characters of inputs that fit beside a sentence. */
const SHORT = 30
/** Where the key e leads. */
export const RULES_ID = 'rules'

/** Every rule with what it compared: those that decide open, those that pass in one line. */
export function RulesPanel({ rules }: { rules: Rule[] }) {
  const deciding = rules.filter(({ effect }) => effect !== 'passes')
  const passing = rules.filter(({ effect }) => effect === 'passes')
  return (
    <section className="panel v-rules" aria-labelledby={RULES_ID}>
      <header className="d-panel-head">
        <h3 id={RULES_ID} tabIndex={-1}>
          Rules
        </h3>
        <span>{rulesText(rules)}</span>
      </header>
      <ul>
        {[...deciding, ...passing].map((rule) => (
          <RuleLine key={rule.rule} rule={rule} />
        ))}
      </ul>
    </section>
  )
}

function RuleLine({ rule }: { rule: Rule }) {
  const { effect, decision, sentence, inputs } = rule
  const texts = inputs.map(inputText)
  // Short ones stand at the end of the line, as far as there is room.
  const long = texts.join('').length > SHORT
  const sign = effect === 'passes' || decision === null ? 'approve' : decision
  return (
    <li className={`v-rule is-${sign} ${effect === 'passes' ? `v-pass ${long ? 'v-long' : ''}` : ''}`}>
      <DecisionMark sign={sign} />
      <span className="v-name">{NAMES[rule.rule]}</span>
      <span className="v-outcome">{outcomeText(rule)}</span>
      <span className="v-sentence">{sentence}</span>
      <span className="v-inputs">
        {texts.map((text) => (
          <code key={text}>{text}</code>
        ))}
      </span>
    </li>
  )
}
