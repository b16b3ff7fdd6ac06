/** What texts of people and files of definitions hold: no database and no file keeps all of the rest. */

/** Control characters but for tabs and line ends, halves of characters, and what is none. */
const NOT_PRINTED = /[^\P{Cc}\t\n\r\u0085]|[\p{Cs}\ufffe\uffff]/u

/** The first sign that no text holds: where and what it is. */
export function strangeIn(text: string): { at: number; name: string } | null {
  const at = text.search(NOT_PRINTED)
  if (at < 0) return null
  const code = text.charCodeAt(at)
  const name = `U+${code.toString(16).padStart(4, '0').toUpperCase()}`
  return {
    at,
    name: code < 0xa0 ? `the control character ${name}` : `${name}, which is no character`,
  }
}

export const withoutStrange = (text: string): string => text.replace(new RegExp(NOT_PRINTED, 'gu'), '')
