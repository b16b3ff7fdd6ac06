import { z } from 'zod'
import { RISKS, type Risk } from '../release/vocabulary'

/** Five plain questions; each "yes" makes a release riskier. */
export const QUESTIONS = {
  data: {
    text: 'Does it change how data is stored, or its form?',
    hint: 'A migration, a new schema, another meaning of a field.',
    weight: 2,
  },
  contract: {
    text: 'Does it change what others rely on?',
    hint: 'An interface, an event, a configuration that other services read.',
    weight: 1,
  },
  spread: {
    text: 'Does everyone get it at once?',
    hint: 'No canary, no flag, no step by step.',
    weight: 1,
  },
  back: {
    text: 'Would it take longer than ten minutes to take it back?',
    hint: 'Or can it not be taken back at all.',
    weight: 2,
  },
  untested: {
    text: 'Is there a part of it that no test has tried under real load?',
    hint: 'New code on the busiest path, a new dependency.',
    weight: 1,
  },
} as const
export type Question = keyof typeof QUESTIONS
export const QUESTION_NAMES = Object.keys(QUESTIONS) as Question[]

const answer = z.boolean({ error: 'Answer with yes or no.' })
export const answersSchema = z.object({ data: answer, contract: answer, spread: answer, back: answer, untested: answer })
export type Answers = z.output<typeof answersSchema>

/** Data and the way back weigh two, everything else one: 0–1 low, 2–3 medium, 4 and more high. */
export function riskOf(answers: Answers): { risk: Risk; points: number } {
  const points = QUESTION_NAMES.reduce((sum, name) => sum + (answers[name] ? QUESTIONS[name].weight : 0), 0)
  return { risk: points >= 4 ? 'high' : points >= 2 ? 'medium' : 'low', points }
}

export const riskSchema = z.enum(RISKS, { error: 'The risk is low, medium or high.' })
