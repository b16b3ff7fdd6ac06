import { strangeIn } from '../printable'

/** Bytes of a file as text, or the sentence that refuses them. */

/** A thousand SLOs are about one and a half. */
export const MOST_BYTES = 4_000_000
const MOST_LINES = 150_000

/** Byte order marks, one at the beginning of each document: files that were put together have several. */
const MARKS = /(^|(?:^|\n)(?:---|\.\.\.)[^\n]*\n)\ufeff|(\n)\ufeff(?=---)/g

export type Text = { ok: true; text: string } | { ok: false; reason: string; line: number }

const refused = (reason: string, line = 1): Text => ({ ok: false, reason, line })
const UTF_8 = 'Save it as UTF-8.'

const megabytes = (size: number): string =>
  Number.isFinite(size) ? (size / 1e6).toFixed(1) : `more than ${(MOST_BYTES / 1e6).toFixed(1)}`

export function textOf(given: Uint8Array | string, size = given.length): Text {
  if (size > MOST_BYTES)
    return refused(`The file has ${megabytes(size)} MB. Use at most ${MOST_BYTES / 1e6} MB: split it into several files.`)
  if (typeof given !== 'string') {
    const wide = wideEncoding(given)
    if (!wide && given.includes(0)) return refused('This is no text file. Definitions are written in YAML or JSON.')
    if (wide) return refused(`The file is ${wide}, not UTF-8. ${UTF_8}`)
  }
  const text = typeof given === 'string' ? given : decoded(given)
  if (text === null) return refused(`The file is not UTF-8. ${UTF_8}`, lineOfBadByte(given as Uint8Array))
  const lines = lineAt(text, text.length)
  if (lines > MOST_LINES)
    return refused(`The file has ${lines} lines. Use at most ${MOST_LINES}: split it into several files.`, MOST_LINES + 1)
  const strange = strangeIn(text)
  if (strange) return refused(`The file holds ${strange.name}. Remove it.`, lineAt(text, strange.at))
  // Windows and old editors end lines otherwise; positions count lines, not the bytes between them.
  return { ok: true, text: text.replace(/\r\n?/g, '\n').replace(MARKS, '$1$2') }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** By its mark at the beginning, or by the zeros between the letters of plain English. */
function wideEncoding([a, b, c, d]: Uint8Array): string | null {
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) return 'UTF-32'
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16'
  const letter = (byte = 0) => (byte >= 0x20 && byte < 0x7f) || [0x09, 0x0a, 0x0d].includes(byte)
  if ((a === 0 && letter(b) && c === 0 && letter(d)) || (letter(a) && b === 0 && letter(c) && d === 0)) return 'UTF-16'
  return null
}

/** A damaged sequence becomes U+FFFD when it is read leniently. */
function lineOfBadByte(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8').decode(bytes)
  return lineAt(lenient, lenient.indexOf('\ufffd'))
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = 0; i < offset; i++) if (text.charCodeAt(i) === 10) line++
  return line
}
