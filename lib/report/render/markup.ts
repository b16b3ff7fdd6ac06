/** A piece of HTML that may be written as it is. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Part = Markup | string | number | null | false | undefined | Part[]

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** What no text needs and what turns letters around, so that a name reads as something else; halves of characters as well. */
const UNFIT = /(?![\t\n\r])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Noncharacter_Code_Point}|\p{Cs}/gu

/** Text from people: no control characters, nothing that changes the direction of reading. */
export const plainText = (text: string): string => text.replace(UNFIT, '\ufffd')
const escaped = (text: string): string => plainText(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')

function written(part: Part): string {
  if (part instanceof Markup) return part.text
  if (Array.isArray(part)) return part.map(written).join('')
  if (part === null || part === false || part === undefined) return ''
  return escaped(String(part))
}

/** Template of HTML: every value is escaped, unless it is Markup itself. Attributes stand in double quotes. */
export const html = (strings: TemplateStringsArray, ...values: Part[]): Markup =>
  new Markup(strings.reduce((text, string, i) => `${text}${written(values[i - 1])}${string}`))

/** Markup with something between. */
export const joined = (parts: Part[], between: string): Part[] => parts.flatMap((part, i) => (i === 0 ? [part] : [between, part]))

/** A string for a style sheet: all but letters, digits and spaces as numbers, so that nothing ends it. */
export const styleString = (text: string): string =>
  `"${plainText(text).replace(/[^\p{L}\p{N} ]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)}"`

/** At most this many characters, the last of them a mark that there is more. */
export function clipped(text: string, most: number): string {
  const signs = Array.from(text.trim())
  return signs.length <= most
    ? signs.join('')
    : `${signs
        .slice(0, most - 1)
        .join('')
        .trimEnd()}\u2026`
}
