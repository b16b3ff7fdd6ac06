/** What texts of people and files of definitions hold: no database and no file keeps all of the rest. */

/** Control characters but for tabs and line ends, halves of characters, and what is none. */
const NOT_PRINTED = /[^\P{Cc}\t\n\r\u0085]|[\p{Cs}\ufffe\uffff]/u

const codeOf = (sign: string): string => `U+${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase()}`

/** The first sign that no text holds: where and what it is. */
export function strangeIn(text: string): { at: number; name: string } | null {
  const at = text.search(NOT_PRINTED)
  if (at < 0) return null
  const code = text.charCodeAt(at)
  const name = codeOf(text.charAt(at))
  return {
    at,
    name: code < 0xa0 ? `the control character ${name}` : `${name}, which is no character`,
  }
}

/** Where a line ends, for whoever shows it. */
const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]/
/** What nobody sees, and what turns letters around; what joins letters and chooses their form is a part of them. */
const UNSEEN = /\p{Cc}|(?!\u200c|\u200d|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/u

/** Why this is no name that stands on one line, as it is read; `null`: it is one. */
export function nameFault(text: string): string | null {
  if (LINE_END.test(text)) return 'Write the name on one line.'
  if (text.includes('\t')) return 'Use spaces in the name, not tabs.'
  const [unseen] = UNSEEN.exec(text) ?? []
  return unseen === undefined ? null : `Remove ${codeOf(unseen)} from the name: nobody sees it.`
}

const HIDDEN = new RegExp(UNSEEN.source, 'gu')

/** On one line, and nothing of it hidden: text of others among lines that programs and people count on. */
export const oneLine = (text: string): string =>
  text.replace(/[\s\u0085]+/g, (space) => (space.includes('\t') || LINE_END.test(space) ? ' ' : space)).replace(HIDDEN, '\ufffd')

export const withoutStrange = (text: string): string => text.replace(new RegExp(NOT_PRINTED, 'gu'), '')
