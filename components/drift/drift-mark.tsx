import type { ReactNode } from 'react'
import { DRIFT_WORDS, type DriftState } from '@/lib/drift/drift'

const LINE = { stroke: 'currentColor', strokeWidth: 1.5, strokeLinecap: 'round', strokeLinejoin: 'round', fill: 'none' } as const

/** Two sheets: one is missing, broken, behind, unlike or slow. */
const SHAPES: Record<DriftState, ReactNode> = {
  'not-loaded': <path {...LINE} strokeDasharray="2.2 2" d="M3 2.5h10v11H3Z" />,
  unhealthy: <path {...LINE} d="M3 2.5h10v11H3ZM6 6l4 4M10 6l-4 4" />,
  late: <path {...LINE} d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.8V8l2.2 1.4" />,
  different: <path {...LINE} d="M3 6h10M3 10h10M11 2.5 5 13.5" />,
  slow: <path {...LINE} d="M4 2.5h8M4 13.5h8M5 2.5c0 3.5 6 7.5 6 11M11 2.5c0 3.5-6 7.5-6 11" />,
  'in-step': <path {...LINE} d="m3 8.5 3.2 3.2L13 5" />,
}

/** The shape and the word of it. */
export const DriftMark = ({ state }: { state: DriftState }) => (
  <span className={`dr-mark dr-${state}`}>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[state]}
    </svg>
    {DRIFT_WORDS[state]}
  </span>
)
