/** Colours for YAML and JSON, a line at a time: enough to read by, and no grammar. */

export type TokenKind = 'comment' | 'key' | 'text' | 'number' | 'plain'
export type Token = { kind: TokenKind; text: string }

/** Comments, keys, quoted texts, and whatever stands alone as a number or a flag. */
const TOKEN =
  /(?<comment>(?:^|(?<=\s))#.*$)|(?<key>(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z_][\w./$-]*)(?=\s*:(?:\s|$)))|(?<text>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)|(?<number>(?<=[\s:[(,]|^)-?\d+(?:\.\d+)?[smhdw]?(?=$|[\s,\])])|(?<=[:\s[])(?:true|false|null)(?=$|[\s,\]]))/g

/** Longer ones are data, not something to read, and not worth the time. */
const LONGEST = 2_000

export function tokensOf(line: string): Token[] {
  if (line.length > LONGEST) return [{ kind: 'plain', text: line }]
  const tokens: Token[] = []
  let end = 0
  for (const match of line.matchAll(TOKEN)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: line.slice(end, match.index) })
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] as TokenKind
    tokens.push({ kind, text: match[0] })
    end = match.index + match[0].length
  }
  if (end < line.length || tokens.length === 0) tokens.push({ kind: 'plain', text: line.slice(end) })
  return tokens
}

/** Each line with its number, from 1, and where in it each token begins. */
export const linesOf = (lines: string[]): { number: number; tokens: (Token & { at: number })[] }[] =>
  lines.map((line, i) => {
    let at = 0
    const tokens = tokensOf(line).map((token) => {
      const placed = { ...token, at }
      at += token.text.length
      return placed
    })
    return { number: i + 1, tokens }
  })
