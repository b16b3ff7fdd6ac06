import type { LineKind } from '@/lib/ledger/ledger'
import { CAUSE_FILLS } from './cause-fill'

/** Decorative: the word stands beside it. */
export function CauseMark({ kind }: { kind: LineKind }) {
  return (
    <svg className="cause-mark" width="10" height="10" aria-hidden="true">
      {kind === 'credit' ? (
        <path d="M5 0v10M0 5h10" stroke="var(--accent)" strokeWidth="2" />
      ) : kind === 'release' ? (
        <path d="M5 0l5 10H0z" fill="var(--accent)" />
      ) : (
        <rect width="10" height="10" fill={CAUSE_FILLS[kind]} />
      )}
    </svg>
  )
}
