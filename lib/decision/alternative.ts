import { leftText, spentText } from '../format'
import { whenText } from '../format-time'
import type { UnixSeconds } from '../time-series/units'
import type { Alternative } from './decision'

/** What would change the answer, in a sentence. */
export function alternativeText(alternative: Alternative, now: UnixSeconds): string {
  switch (alternative.kind) {
    case 'smaller':
      return `A smaller change: at ${alternative.risk} risk the decision would be ${alternative.decision}.`
    case 'canary':
      return `A canary of ${leftText(alternative.share)} % fits what is left: it would cost ${spentText(alternative.costs)} % even in the costly tenth.`
    case 'later':
      return `Wait until ${whenText(alternative.at, now)}: ${alternative.why}.`
    case 'waiver':
      return 'A waiver by two people opens it for a while, up to a limit of the budget.'
  }
}
