import { fieldOf, instantInput } from '../incident/draft'
import type { ChangeType, Risk } from '../release/vocabulary'
import type { RequestDetail } from './reads-request'
import { type Answers, QUESTION_NAMES, type Question, riskOf } from './risk'

/** A release request as a form holds it. */
export type RequestDraft = {
  service: string
  version: string
  changeType: ChangeType
  /** how the risk is known: from the answers, or by itself */
  by: 'answers' | 'known'
  risk: Risk
  answers: Record<Question, '' | 'yes' | 'no'>
  description: string
  /** one a line */
  links: string
  rollbackPlan: string
  plannedAt: string
}

const UNANSWERED = Object.fromEntries(QUESTION_NAMES.map((name) => [name, ''])) as RequestDraft['answers']

export const emptyDraft = (service: string): RequestDraft => ({
  ...{ service, version: '', changeType: 'feature', by: 'answers', risk: 'medium', answers: UNANSWERED },
  ...{ description: '', links: '', rollbackPlan: '', plannedAt: '' },
})

export const draftOfRequest = (request: RequestDetail): RequestDraft => {
  const { service, version, changeType, risk, answers, description, links, rollbackPlan, plannedAt } = request
  const said = answers && QUESTION_NAMES.map((name) => [name, answers[name] ? 'yes' : 'no'])
  return {
    ...{ service: service.slug, version, changeType, risk, description, rollbackPlan },
    ...{ by: answers ? 'answers' : 'known', links: links.join('\n'), plannedAt: fieldOf(plannedAt) },
    answers: said ? (Object.fromEntries(said) as RequestDraft['answers']) : UNANSWERED,
  }
}

const answersOf = (answers: RequestDraft['answers']): Partial<Answers> =>
  Object.fromEntries(QUESTION_NAMES.filter((name) => answers[name] !== '').map((name) => [name, answers[name] === 'yes']))

/** What the answers so far come to. `left`: questions without an answer; until none is left the risk can only rise. */
export function riskSoFar(answers: RequestDraft['answers']): { risk: Risk; points: number; left: number } {
  const no = Object.fromEntries(QUESTION_NAMES.map((name) => [name, false])) as Answers
  const left = QUESTION_NAMES.filter((name) => answers[name] === '').length
  return { ...riskOf({ ...no, ...answersOf(answers) }), left }
}

/** The risk that counts; `null` until every question has an answer. */
export function riskOfDraft({ by, risk, answers }: Pick<RequestDraft, 'by' | 'risk' | 'answers'>): Risk | null {
  if (by === 'known') return risk
  const so = riskSoFar(answers)
  return so.left === 0 ? so.risk : null
}

/** Unparsed, for `newRequestSchema` and `draftChangeSchema`. */
export function requestInput(draft: RequestDraft): Record<string, unknown> {
  const { service, version, changeType, by, risk, answers, description, links, rollbackPlan, plannedAt } = draft
  return {
    ...{ service, version, changeType, description, rollbackPlan },
    ...(by === 'known' ? { risk } : { answers: answersOf(answers) }),
    links: links.split(/\s+/).filter(Boolean),
    plannedAt: instantInput(plannedAt),
  }
}
