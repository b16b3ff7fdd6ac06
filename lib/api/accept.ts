/** What a client would rather have, as it says in `Accept` (RFC 9110, 12.5.1). */

type Range = { type: string; q: number }

/** Commas and semicolons within quotes part nothing. */
const partsAt = (sign: ',' | ';', text: string): string[] =>
  (text.match(new RegExp(`(?:[^${sign}"]|"(?:\\\\.|[^"\\\\])*"?)+`, 'g')) ?? []).map((part) => part.trim())

function rangeOf(text: string): Range[] {
  const [type = '', ...parameters] = partsAt(';', text.toLowerCase())
  const q = parameters.find((one) => /^q\s*=/.test(one))?.replace(/^q\s*=\s*/, '')
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return []
  // A weight that is none says nothing of the type.
  return q === undefined ? [{ type, q: 1 }] : /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? [{ type, q: Number(q) }] : []
}

/** The narrowest range that a type is in says how much it is wanted. */
function wish(ranges: Range[], type: string): number {
  const wider = [type, type.replace(/\/.*/, '/*'), '*/*']
  const named = wider.map((one) => ranges.filter((range) => range.type === one)).find((found) => found.length > 0)
  return Math.max(0, ...(named ?? []).map(({ q }) => q))
}

/** Whether `type` is wanted rather than what is sent otherwise; of two that are wanted alike, it is if it was named. */
export function prefers(accept: string | null, type: string, otherwise: string): boolean {
  const ranges = partsAt(',', accept ?? '').flatMap(rangeOf)
  const [wanted, other] = [wish(ranges, type), wish(ranges, otherwise)]
  return wanted > other || (wanted > 0 && wanted === other && ranges.some((range) => range.type === type))
}
