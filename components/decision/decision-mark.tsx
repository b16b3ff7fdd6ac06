import type { ReactNode } from 'react'
import type { Sign, Standing } from '@/lib/decision/standing'
import { DECISION_WORDS, type Decision } from '@/lib/release/vocabulary'

const ON = { stroke: 'var(--on)', strokeWidth: 1.7, strokeLinecap: 'round', strokeLinejoin: 'round', fill: 'none' } as const
const OPEN = { stroke: 'currentColor', strokeWidth: 1.4, fill: 'none', strokeLinecap: 'round' } as const
const OCTAGON = 'M4.9.5h6.2l4.4 4.4v6.2l-4.4 4.4H4.9L.5 11.1V4.9Z'

/** A disc lets through, a rounded square asks a person, a clock waits, an octagon stops; open shapes are over or not begun. */
const SHAPES: Record<Sign, ReactNode> = {
  approve: (
    <>
      <circle cx="8" cy="8" r="7.6" fill="currentColor" />
      <path {...ON} d="m4.7 8.2 2.3 2.3 4.3-4.6" />
    </>
  ),
  review: (
    <>
      <rect x=".8" y=".8" width="14.4" height="14.4" rx="3.6" fill="currentColor" />
      <path {...ON} d="M5.8 6.2c0-1.3 1-2.2 2.2-2.2s2.2.8 2.2 2c0 1.5-2.2 1.6-2.2 3.1M8 11.9v.1" />
    </>
  ),
  defer: (
    <>
      <circle cx="8" cy="8" r="7.6" fill="currentColor" />
      <path {...ON} d="M8 4.2V8l2.6 1.8" />
    </>
  ),
  block: (
    <>
      <path fill="currentColor" d={OCTAGON} />
      <path {...ON} strokeWidth="2.1" d="M4.6 8h6.8" />
    </>
  ),
  refused: (
    <>
      <path fill="currentColor" d={OCTAGON} />
      <path {...ON} d="m5.4 5.4 5.2 5.2M10.6 5.4l-5.2 5.2" />
    </>
  ),
  over: (
    <>
      <circle {...OPEN} cx="8" cy="8" r="6.9" />
      <path {...OPEN} d="M5 8h6" />
    </>
  ),
  draft: (
    <>
      <circle {...OPEN} cx="8" cy="8" r="6.9" strokeDasharray="2.7 1.63" />
      <path {...OPEN} d="m5.6 10.4 4.8-4.8" />
    </>
  ),
  out: (
    <>
      <circle {...OPEN} cx="8" cy="8" r="6.9" />
      <path {...OPEN} strokeLinejoin="round" d="M8 11.3V4.9M5.5 7.2 8 4.7l2.500 2.500" />
    </>
  ),
}

/** The shape of a decision. The word stands beside it, so it is silent to screen readers. */
export function DecisionMark({ sign }: { sign: Sign }) {
  return (
    <svg className={`shape is-${sign}`} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[sign]}
    </svg>
  )
}

/** Shape and word, for rows. */
export const StandingWord = ({ standing: { sign, word } }: { standing: Standing }) => (
  <span className={`state is-${sign}`}>
    <DecisionMark sign={sign} />
    {word}
  </span>
)

export const DecisionWord = ({ decision }: { decision: Decision }) => (
  <StandingWord standing={{ sign: decision, word: DECISION_WORDS[decision].toLowerCase() }} />
)
