import type { ReactNode } from 'react'
import type { SloState } from '@/lib/slo/state'

const ON = { stroke: 'var(--on)', strokeWidth: 1.7, strokeLinecap: 'round', fill: 'none' } as const
const OPEN = { stroke: 'currentColor', strokeWidth: 1.4, fill: 'none' } as const

/** More corners, more trouble; filled is a judgement, open means that nobody knows. */
const SHAPES: Record<SloState, ReactNode> = {
  exhausted: (
    <>
      <path fill="currentColor" d="M4.9.5h6.2l4.4 4.4v6.2l-4.4 4.4H4.9L.5 11.1V4.9Z" />
      <path {...ON} d="m5.4 5.4 5.2 5.2M10.6 5.4l-5.2 5.2" />
    </>
  ),
  critical: (
    <>
      <path fill="currentColor" d="M8 0 16 8 8 16 0 8Z" />
      <path {...ON} d="M8 4.2v4.4M8 11.5v.1" />
    </>
  ),
  warning: (
    <>
      <path fill="currentColor" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" d="M8 1.4 15.3 14.4H.7Z" />
      <path {...ON} d="M8 6.2v3.6M8 12.3v.1" />
    </>
  ),
  attention: (
    <>
      <path fill="currentColor" d="M0 8c2.2-3.6 5-5.2 8-5.2S13.8 4.4 16 8c-2.2 3.6-5 5.2-8 5.2S2.2 11.6 0 8Z" />
      <circle cx="8" cy="8" r="2.3" fill="var(--on)" />
    </>
  ),
  healthy: (
    <>
      <circle cx="8" cy="8" r="7.6" fill="currentColor" />
      <path {...ON} d="m4.7 8.2 2.3 2.3 4.3-4.6" />
    </>
  ),
  'no-data': (
    <>
      <circle {...OPEN} cx="8" cy="8" r="6.9" strokeDasharray="2.7 1.63" />
      <path {...OPEN} strokeLinecap="round" d="m4.9 11.1 6.2-6.2" />
    </>
  ),
  'not-enough-data': (
    <>
      <circle {...OPEN} cx="8" cy="8" r="6.9" />
      <path {...OPEN} strokeWidth="1.8" strokeLinecap="round" d="M4.9 8h.01M8 8h.01M11.1 8h.01" />
    </>
  ),
}

/** The shape of a state. The word stands beside it, so it is silent to screen readers. */
export function StateMark({ state }: { state: SloState }) {
  return (
    <svg className={`shape is-${state}`} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  )
}
