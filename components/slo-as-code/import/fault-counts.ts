import type { Fault } from '@/lib/slo-as-code/fault'

export type FaultCounts = { error: number; warning: number }

export const countsOf = (faults: Fault[]): FaultCounts => {
  const counts = { error: 0, warning: 0 }
  for (const { severity } of faults) counts[severity]++
  return counts
}

export const countText = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** "3 errors, 1 warning", and nothing where there is nothing. */
export const faultsText = ({ error, warning }: FaultCounts): string =>
  [error > 0 ? countText(error, 'error') : '', warning > 0 ? countText(warning, 'warning') : ''].filter(Boolean).join(', ')
