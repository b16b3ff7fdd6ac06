import type { Problem } from './tree'
import { Depth, MOST_LEVELS, SCALAR, SILENT } from './yaml-depth'
import { CLOSE_QUOTE, MARK_AFTER_DIRECTIVES } from './yaml-sentences'

/**
 * What no file of definitions has, seen token by token before anything is made of them. A thousand SLOs may take seconds; what is
 * as large and has none is refused at once, by the words that it lacks.
 */

/** Signs, words and the spaces between them; a file of a thousand SLOs has up to five sixths of that. */
const MOST_TOKENS = 600_000
/** Signs, words and pages between two names; in files of SLOs there are at most a hundred. */
const MOST_NAMELESS = 3_000
/** of a text that weighs as much as a word more */
const LETTERS = 200
/** A query has at most some thousands, a description one. */
const MOST_LETTERS = 1_000_000
/** `%YAML` and `%TAG` before one document */
const MOST_DIRECTIVES = 10

/** Words that tell a format; every file has one of them. */
const FORMATS = new Set(['apiVersion', 'version', 'slos', 'backends', 'error_budget_policies'])
/** Every format names what it defines, again and again. */
const NAMES = new Set([...FORMATS, 'kind', 'name'])

/** Which words say that definitions are being read: names do once a format is told. */
export class Names {
  told = false

  has(word: string): boolean {
    this.told ||= FORMATS.has(word)
    return this.told && NAMES.has(word)
  }
}

const QUOTED = /^["']/
/** Of Helm and its like; the window of Sloth stands in a query, which lacks quotes. */
const TEMPLATE = /\{\{(?!\{|\s*\.window\b)/y

export class Watch {
  private readonly depth = new Depth()
  private readonly names = new Names()
  private count = 0
  /** how much came after the last name, and where that is */
  private nameless = { weight: 0, at: 0 }
  private scalarNext = false
  /** lines that begin with %, before a document */
  private directives = { count: 0, at: 0 }

  constructor(private readonly text: string) {}

  /** Takes the lexeme that begins at an offset; says what is wrong when nothing behind it needs to be read any more. */
  refusal(lexeme: string, at: number): Problem | undefined {
    if (this.depth.exceeds(lexeme))
      return { at, reason: `The file is nested more than ${MOST_LEVELS} levels deep. No definition is.` }
    if (++this.count > MOST_TOKENS) return { at, reason: 'The file holds too many values. Split it into several files.' }
    // What stands in quotes comes without the mark.
    const scalar = this.scalarNext || QUOTED.test(lexeme)
    this.scalarNext = lexeme === SCALAR
    if (this.scalarNext) return undefined
    return (scalar ? this.scalar(lexeme, at) : this.sign(lexeme, at)) ?? this.weigh(lexeme, scalar)
  }

  /** After the last lexeme: lines that begin with % belong to a document. */
  atEnd(): Problem | undefined {
    return this.directives.count > 0 ? { at: this.directives.at, ...MARK_AFTER_DIRECTIVES } : undefined
  }

  private scalar(lexeme: string, at: number): Problem | undefined {
    const quote = QUOTED.exec(lexeme)?.[0]
    if (this.names.has(quote ? lexeme.slice(1, -1) : lexeme)) this.nameless = { weight: 0, at }
    if (lexeme.length <= MOST_LETTERS) return undefined
    if (quote && !lexeme.endsWith(quote)) return { at, ...CLOSE_QUOTE }
    return { at, reason: `This text has ${lexeme.length} characters. No definition has that many.`, suggestion: 'Shorten it.' }
  }

  private sign(lexeme: string, at: number): Problem | undefined {
    if (SILENT.has(lexeme)) this.directives.count = 0
    if (lexeme.startsWith('%')) {
      if (this.directives.count++ === 0) this.directives.at = at
      if (this.directives.count > MOST_DIRECTIVES)
        return {
          at,
          reason: `There are more than ${MOST_DIRECTIVES} lines that begin with % here.`,
          suggestion: 'Leave them out.',
        }
    }
    TEMPLATE.lastIndex = at
    if (lexeme !== '{' || !TEMPLATE.test(this.text)) return undefined
    return {
      at,
      reason: 'This line has {{ … }} where a value or a field belongs: the file is a template, not a definition.',
      suggestion: 'Render it first, for example with helm template.',
    }
  }

  /** Spaces, line ends and comments weigh little: whoever comments definitions out may have many of them. */
  private weigh(lexeme: string, scalar: boolean): Problem | undefined {
    this.nameless.weight += scalar || !/^[\s#]/.test(lexeme) ? 1 + lexeme.length / LETTERS : 0.1
    if (this.nameless.weight <= MOST_NAMELESS) return undefined
    const { at } = this.nameless
    return {
      at,
      reason: `From here on, pages of text hold no ${this.names.told ? 'apiVersion, version, kind or name' : 'apiVersion and no version'}: these are no definitions of SLOs.`,
      suggestion: 'Leave the file out.',
    }
  }
}
