import type { CorrectionStatus } from './schema'

export type CorrectionVerb = 'approve' | 'refuse' | 'withdraw'

const NEXT: Record<CorrectionStatus, Partial<Record<CorrectionVerb, CorrectionStatus>>> = {
  requested: { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' },
  approved: { withdraw: 'withdrawn' },
  refused: {},
  withdrawn: {},
}

/** The status a verb leads to, `null` when it is not possible from here. A withdrawn correction is asked for anew. */
export const nextStatus = (status: CorrectionStatus, verb: CorrectionVerb): CorrectionStatus | null => NEXT[status][verb] ?? null
