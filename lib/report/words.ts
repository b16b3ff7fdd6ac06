import { leftText, spentText } from '../format'
import type { ReportCause } from './document'

/** Words that sentences of reports share. */

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
export const spent = (share: number): string => `${spentText(share)} %`
export const left = (share: number): string => `${leftText(share)} %`
export const quotedName = (name: string): string => `“${name}”`

/** INC-12 “Card network down”, release 1.42, what nobody answers for. */
export function causeText({ kind, id, title, service }: Pick<ReportCause, 'kind' | 'id' | 'title' | 'service'>): string {
  switch (kind) {
    case 'incident':
      return `INC-${id} ${quotedName(title ?? '')}`
    case 'release':
      return `release ${title}`
    case 'dependency':
      return `${service}, with INC-${id} ${quotedName(title ?? '')}`
    case 'no-data':
      return 'minutes without data'
    case 'measured':
      return 'what was excluded, as measured'
    case 'excluded':
      return 'exclusions'
    case 'credit':
      return 'credits'
    case 'unexplained':
      return 'what nobody has explained'
  }
}
