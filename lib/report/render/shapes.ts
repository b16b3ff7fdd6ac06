import { leftText } from '../../format'
import type { Outcome, ReportCause } from '../document'
import { html, type Markup } from './markup'
import { OUTCOME_WORDS, percent } from './words'

/** The marks of the portal; more corners, more trouble, and open means that nobody knows. */
export const SPRITE: Markup = html`<svg class="sprite" width="0" height="0" aria-hidden="true"><symbol id="s-met" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.2" fill="currentColor"/><path class="on" d="m4.8 8.2 2.2 2.3 4.3-4.6"/></symbol><symbol id="s-not_met" viewBox="0 0 16 16"><path fill="currentColor" d="M4.9.5h6.2l4.4 4.4v6.2l-4.4 4.4H4.9L.5 11.1V4.9z"/><path class="on" d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2"/></symbol><symbol id="s-no_data" viewBox="0 0 16 16"><circle class="open" cx="8" cy="8" r="6.8" stroke-dasharray="2.7 1.6"/><path class="open" d="m4.9 11.1 6.2-6.2"/></symbol><symbol id="s-not_enough_data" viewBox="0 0 16 16"><circle class="open" cx="8" cy="8" r="6.8"/><path class="open dots" d="M4.9 8h.01M8 8h.01m3.1 0h.01"/></symbol><symbol id="s-logo" viewBox="0 0 16 16"><path d="M1.5 2.2h13" stroke="currentColor" stroke-width="2" stroke-linecap="round"/><rect x="2.3" y="8" width="4.7" height="6.3" rx="1" fill="currentColor"/><rect x="9" y="10.6" width="4.7" height="3.7" rx="1" fill="currentColor" opacity=".55"/></symbol><defs><pattern id="p-over" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" class="f-miss"/><path d="M0 0v5" class="gap" stroke-width="1.5"/></pattern><pattern id="p-excluded" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="f-inset"/><path d="M0 0v6" class="l-dim" stroke-width="2"/></pattern><pattern id="p-no-data" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" class="f-inset"/><circle cx="1.5" cy="1.5" r=".9" class="f-dim"/></pattern><pattern id="p-dependency" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" class="f-inset"/><rect width="4" height="2" class="f-ink"/></pattern><pattern id="p-unexplained" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" class="f-inset"/><path d="M0 0h2v2H0zM2 2h2v2H2z" class="f-dim"/></pattern></defs></svg>`

/** A state as shape, word and colour. */
export const outcomeMark = (outcome: Outcome): Markup =>
  html`<span class="state ${outcome}">${outcomeShape(outcome)}${OUTCOME_WORDS[outcome]}</span>`
export const outcomeShape = (outcome: Outcome): Markup =>
  html`<svg class="sh ${outcome}" aria-hidden="true"><use href="#s-${outcome}"/></svg>`

const WIDTH = 96
const LOW = -0.5
const place = (share: number): number => round(((Math.max(LOW, Math.min(1, share)) - LOW) / (1 - LOW)) * WIDTH)
const round = (value: number): number => Math.round(value * 10) / 10

/** What is left from −50 to 100 %: zero is the strongest line, overspend is hatched, the cut is a quarter. */
export function remainingBar(remaining: number | null): Markup {
  const zero = place(0)
  const end = place(remaining ?? 0)
  const beyond = remaining !== null && remaining < LOW
  const label = remaining === null ? 'not known' : `${percent(leftText(remaining))} left`
  return html`<svg class="sbar" viewBox="0 0 96 13" role="img" aria-label="${label}"><path class="f-inset" d="M${zero} 2h${WIDTH - zero}v9H${zero}z"/>${
    remaining !== null &&
    (remaining >= 0
      ? html`<path class="f-good" d="M${zero} 2h${Math.max(1, round(end - zero))}v9H${zero}z"/>`
      : html`<path fill="url(#p-over)" d="M${end} 2h${Math.max(1, round(zero - end))}v9H${end}z"/>`)
  }<path class="gap" stroke-width="1.5" d="M${place(0.25)} 1v11"/>${beyond && html`<path class="gap" stroke-width="1.5" d="m2 12 3-11M6 12l3-11"/>`}<path class="l-text" d="M${zero} 0v13"/></svg>`
}

/** One fill for one kind of cause, as on the screens of the ledger. */
export const CAUSE_FILLS: Record<ReportCause['kind'], Markup> = {
  incident: html`class="f-ink"`,
  release: html`class="f-accent"`,
  dependency: html`fill="url(#p-dependency)"`,
  'no-data': html`fill="url(#p-no-data)"`,
  measured: html`fill="url(#p-excluded)"`,
  excluded: html`fill="url(#p-excluded)"`,
  credit: html`class="f-credit"`,
  unexplained: html`fill="url(#p-unexplained)"`,
}
export const tenth = round
