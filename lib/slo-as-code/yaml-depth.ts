/**
 * How deep a text is nested, token by token, before anything recursive reads it. The parser and the composer of `yaml`
 * call themselves once a level; twenty thousand levels end them.
 */

export const MOST_LEVELS = 60

/** Marks of the lexer that stand for no text; after the last one comes a scalar. */
export const SILENT = new Set(['\x02', '\x18', '\x1f'])
export const SCALAR = '\x1f'

export class Depth {
  private flow = 0
  private readonly indents: number[] = []
  private column = 0
  /** where the current line begins, or what follows a dash in it */
  private start = 0
  private fresh = true
  private scalarNext = false

  /** Takes one lexeme; true when it opens a level too many. */
  exceeds(lexeme: string): boolean {
    const scalar = this.scalarNext
    this.scalarNext = lexeme === SCALAR
    if (SILENT.has(lexeme)) return false
    if (this.fresh && !/^[ \t\n]/.test(lexeme)) {
      this.start = this.column
      this.fresh = false
    }
    if (!scalar) this.read(lexeme)
    const breaks = lexeme.lastIndexOf('\n')
    if (breaks >= 0) this.fresh = true
    this.column = breaks < 0 ? this.column + lexeme.length : lexeme.length - breaks - 1
    return this.flow + this.indents.length > MOST_LEVELS
  }

  private read(lexeme: string): void {
    if (lexeme === '{' || lexeme === '[') this.flow++
    else if (lexeme === '}' || lexeme === ']') this.flow = Math.max(0, this.flow - 1)
    else if (lexeme === '---') this.indents.length = 0
    else if (this.flow === 0 && (lexeme === '-' || lexeme === '?')) {
      this.open(this.column)
      this.fresh = true
    } else if (this.flow === 0 && lexeme === ':') this.open(this.start)
  }

  private open(column: number): void {
    while (this.indents.length > 0 && (this.indents.at(-1) as number) > column) this.indents.pop()
    if (this.indents.at(-1) !== column) this.indents.push(column)
  }
}
