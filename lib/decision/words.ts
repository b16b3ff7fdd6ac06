import type { ApproverRole } from '../release/vocabulary'
import type { RequestStatus } from './lifecycle'

export const STATUS_WORDS: Record<RequestStatus, string> = {
  draft: 'a draft',
  decided: 'waiting',
  approved: 'approved',
  refused: 'refused',
  withdrawn: 'withdrawn',
  expired: 'expired',
  released: 'released',
  observed: 'released and measured',
}
export const APPROVER_WORDS: Record<ApproverRole, string> = { product_owner: 'product owner', slo_owner: 'SLO owner' }

/** how people name a request. */
export const requestName = (id: number): string => `R-${id}`
export const waiverName = (id: number): string => `W-${id}`
export const joined = (words: string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
/** Without the marks of what matters. */
export const plain = (sentence: string): string => sentence.replaceAll('**', '')
