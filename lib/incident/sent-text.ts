/** Texts of other programs, as Postgres can keep them. */

/** Half a surrogate pair; with the flag u whole ones are one character and do not match. */
const HALF = /[\uD800-\uDFFF]/gu

/** Without NUL, which no text of Postgres holds; half characters, which no JSON of it holds, become U+FFFD. */
export const kept = (text: string): string => text.replaceAll('\0', '').replace(HALF, '\uFFFD')

/** The first `most` code points: never half of one. */
export const firstOf = (text: string, most: number): string => (text.length <= most ? text : [...text].slice(0, most).join(''))
