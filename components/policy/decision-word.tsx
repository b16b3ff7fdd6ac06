import type { ReactNode } from 'react'
import type { Decision } from '@/lib/release/vocabulary'

const ON = { stroke: 'var(--on)', strokeWidth: 1.7, strokeLinecap: 'round', fill: 'none' } as const

/** A disc goes, a square asks a person, a clock waits, an octagon stops. */
const SHAPES: Record<Decision, ReactNode> = {
  approve: (
    <>
      <circle cx="8" cy="8" r="7.4" fill="currentColor" />
      <path {...ON} d="m4.8 8.2 2.2 2.3 4.2-4.6" />
    </>
  ),
  review: (
    <>
      <rect x=".9" y=".9" width="14.2" height="14.2" rx="3.6" fill="currentColor" />
      <path {...ON} d="M6 6.2a2 2 0 1 1 3 1.8c-.7.4-1 .8-1 1.5M8 11.9v.1" />
    </>
  ),
  defer: (
    <>
      <circle cx="8" cy="8" r="7.4" fill="currentColor" />
      <path {...ON} d="M8 4.3V8l2.5 1.7" />
    </>
  ),
  block: (
    <>
      <path fill="currentColor" d="M4.9.5h6.2l4.4 4.4v6.2l-4.4 4.4H4.9L.5 11.1V4.9Z" />
      <path {...ON} strokeWidth={2.1} d="M4.6 8h6.8" />
    </>
  ),
}

/** Shape and word of a decision. */
export function DecisionWord({ decision }: { decision: Decision }) {
  return (
    <span className={`state is-${decision}`}>
      <svg className={`shape is-${decision}`} viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[decision]}
      </svg>
      {decision}
    </span>
  )
}
