import type { Problem } from './tree'

/**
 * Files that are called .json are read by other tools as well, most of which know nothing of YAML: they have to be JSON (RFC 8259).
 * Engines say where it ends to be JSON each in their own words, or not at all, and parsers that tell places take more than JSON:
 * line ends in texts, for one.
 */
export function notJson(text: string): Problem | null {
  try {
    JSON.parse(text)
    return null
  } catch {
    return firstFault(text)
  }
}

const told = (at: number, reason: string, suggestion: string): Problem => ({
  at,
  reason: `This is not JSON, as the file is called: ${reason}.`,
  suggestion: `${suggestion}, or call the file .yaml.`,
})

const SPACE = /[ \t\n\r]*/y
const WORD = /[^\s,:[\]{}"']+/y
const VALUE = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?|true|false|null)$/
const CLOSING: Record<string, string> = { '{': '}', '[': ']' }

/** What may come next; a bracket may be closed where it has just been opened. */
type Wanted = 'value' | 'name' | 'colon' | 'comma'

function firstFault(text: string): Problem {
  const open: string[] = []
  let wanted: Wanted = 'value'
  let fresh = false
  for (let at = after(text, 0, SPACE); at < text.length; at = after(text, at, SPACE)) {
    const sign = text[at] as string
    const inside = open.at(-1) ?? ''
    const wrong = strange(text, at)
    if (wrong) return wrong
    if (sign === CLOSING[inside] && (wanted === 'comma' || fresh)) {
      open.pop()
      wanted = 'comma'
      at += 1
    } else if (wanted === 'comma') {
      if (inside === '') return told(at, 'something follows its end', 'Leave it out')
      if (sign !== ',') return told(at, 'a comma or a closing bracket is missing before this', 'Write it')
      wanted = inside === '{' ? 'name' : 'value'
      at += 1
    } else if (wanted === 'colon') {
      if (sign !== ':') return told(at, 'a colon is missing before this', 'Write it')
      wanted = 'value'
      at += 1
    } else if (sign === '}' || sign === ']') return told(at, 'a bracket is closed after a comma or a colon', 'Leave that out')
    else if (sign === '"') {
      const end = stringEnd(text, at)
      if (typeof end !== 'number') return end
      wanted = wanted === 'name' ? 'colon' : 'comma'
      at = end
    } else if (wanted === 'name') return told(at, 'the name of a field has no quotes', 'Put double quotes around it')
    else if (CLOSING[sign] !== undefined) {
      open.push(sign)
      wanted = sign === '{' ? 'name' : 'value'
      fresh = true
      at += 1
      continue
    } else {
      const end = after(text, at, WORD)
      if (end === at) return told(at, 'a value is missing before this', 'Write it')
      if (!VALUE.test(text.slice(at, end))) return told(at, 'a text has no quotes', 'Put double quotes around it')
      wanted = 'comma'
      at = end
    }
    fresh = false
  }
  return told(text.trimEnd().length, 'it ends before all of its brackets are closed', 'Close them')
}

/** What people write in other languages. */
function strange(text: string, at: number): Problem | null {
  if (text[at] === "'") return told(at, 'single quotes mean nothing', 'Use double quotes')
  if (text[at] === '#' || text.startsWith('//', at) || text.startsWith('/*', at))
    return told(at, 'it has no comments', 'Leave this one out')
  return null
}

function after(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

const ESCAPE = /\\(["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function stringEnd(text: string, from: number): number | Problem {
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text[at] as string
    if (sign === '"') return at + 1
    if (sign === '\n') break
    if (sign < ' ') return told(at, 'a tab or another control character stands in a text', 'Write it as \\t')
    if (sign !== '\\') continue
    const end = after(text, at, ESCAPE)
    if (end === at) return told(at, 'this backslash means nothing', 'Write it twice')
    at = end - 1
  }
  return told(from, 'a quote is not closed', 'Close it in the same line')
}
