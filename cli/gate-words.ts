import type { GateReply as Answer } from '../lib/api/decision-paths'

const HEADLINES = { go: 'Go', no: 'No', person: 'A person has to decide' }
const SIGNS = { passes: '✓', asks: '✗', lifts: '↑' }

const headline = ({ outcome, service, version, decision, request }: Answer): string => {
  const what = `${service}${version === null ? '' : ` ${version}`}`
  const status = request && request.status !== 'decided' ? `, ${request.status}` : ''
  return `${HEADLINES[outcome]}: ${what} (${decision.decision}${status}${request ? `, R-${request.id}` : ''})`
}

const inputText = ({ name, value, than }: Answer['decision']['rules'][number]['inputs'][number]): string =>
  `${name} ${value ?? '–'}${than ? ` ${than[0]} ${than[1]}` : ''}`

/** For a terminal or the log of a pipeline. */
export function gateText(answer: Answer): string {
  const { decision, request } = answer
  return [
    headline(answer),
    ...decision.rationale.map((sentence) => `  ${sentence}`),
    '',
    ...decision.rules.map(
      ({ rule, effect, decision: asks, sentence }) =>
        `  ${SIGNS[effect]} ${rule.padEnd(10)}${(asks ?? 'pass').padEnd(9)}${sentence}`,
    ),
    ...(answer.outcome === 'go' || decision.alternatives.length === 0
      ? []
      : ['', 'What else could be done:', ...decision.alternatives.map((one) => `  ${one}`)]),
    '',
    `Policy ${decision.policy.name} v${decision.policy.version}. Valid until ${decision.validUntil.slice(0, 16).replace('T', ' ')} UTC, or until a state changes.`,
    ...(request ? [] : ['Only a question was asked: give --version to have it decided on record.']),
  ].join('\n')
}

/** Names and titles that people gave make no markup. */
const cell = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`).replaceAll('\n', ' ')

/** For the summary of a pipeline's run, or a comment on a change. */
export function gateMarkdown(answer: Answer): string {
  const { decision } = answer
  return [
    `### ${cell(headline(answer))}`,
    '',
    cell(decision.rationale.join(' ')),
    '',
    '| Rule | Outcome | Why | Compared |',
    '| --- | --- | --- | --- |',
    ...decision.rules.map(
      ({ rule, decision: asks, sentence, inputs }) =>
        `| ${rule} | ${asks ?? 'pass'} | ${cell(sentence)} | ${cell(inputs.map(inputText).join(', '))} |`,
    ),
    '',
    ...(answer.outcome === 'go' || decision.alternatives.length === 0
      ? []
      : ['**What else could be done**', '', ...decision.alternatives.map((one) => `- ${cell(one)}`), '']),
    `Policy ${decision.policy.name} v${decision.policy.version} · valid until ${decision.validUntil}`,
  ].join('\n')
}
