/** Where something was written: line and column begin with 1, the path is that within its object. */
export type Place = { file: string; line: number; column: number; path: string }

/** text: the file itself; decode: fields and types; validate: the format's rules; references: names over all files. */
export type Stage = 'text' | 'decode' | 'validate' | 'references'

export type Fault = Place & {
  severity: 'error' | 'warning'
  stage: Stage
  /** one sentence */
  reason: string
  /** what was probably meant, as it would be written */
  suggestion?: string
  /** kind and name of the object, "SLO checkout" */
  object?: string
  /** the option of a plan that settles it without a change of the file */
  option?: 'source' | 'team'
}

/** Nobody reads more of one file, and a file of nothing but faults must not fill the memory. */
const MOST = { error: 200, warning: 2_000 }

/** What is wrong in one file, in the order it was found; the same at the same place is said once. */
export class Faults {
  readonly list: Fault[] = []
  /** errors, and what would be one in a version that is read strictly */
  serious = 0
  /** places that a misspelt key beside them was taken to mean: that nothing stands there was said with it */
  readonly meant = new Set<string>()
  private readonly counts = { error: 0, warning: 0 }
  private readonly said = new Set<string>()

  constructor(readonly file: string) {}

  /** nothing more that is wrong is told of this file */
  get full(): boolean {
    return this.counts.error > MOST.error
  }

  add(fault: Fault, serious = fault.severity === 'error'): void {
    if (serious) this.serious++
    const { severity, line, column, path, reason } = fault
    const key = `${line}:${column} ${path} ${reason}`
    if (this.said.has(key)) return
    const count = ++this.counts[severity]
    if (count > MOST[severity] + 1) return
    this.said.add(key)
    if (count <= MOST[severity]) this.list.push(fault)
    else
      this.list.push({
        ...{ file: this.file, line, column, path: '', severity, stage: 'text' },
        reason: `There are more than ${MOST[severity]} ${severity}s in this file: mend these first.`,
      })
  }
}

/** By file, then as they are read. Code units, so that no locale changes the order. */
export const inOrder = (faults: Fault[]): Fault[] =>
  faults
    .map((fault, i) => ({ fault, i }))
    .sort(
      (a, b) => byText(a.fault.file, b.fault.file) || a.fault.line - b.fault.line || a.fault.column - b.fault.column || a.i - b.i,
    )
    .map(({ fault }) => fault)

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The known word that was probably meant: at most a third of its letters differ. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let found: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const word of known) {
    const most = Math.max(1, Math.floor(Math.max(word.length, written.length) / 3))
    if (Math.abs(word.length - written.length) > most) continue
    const distance = differences(written.toLowerCase(), word.toLowerCase())
    if (distance <= most && distance < least) [found, least] = [word, distance]
  }
  return found
}

/** Letters to add, drop, change or swap (optimal string alignment; Damerau, 1964). */
function differences(a: string, b: string): number {
  if (a.length > 100 || b.length > 100) return a === b ? 0 : 100
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] as number) + 1)
      row.push(least)
    }
    ;[before, last] = [last, row]
  }
  return last[b.length] as number
}

/** What somebody wrote, short enough and without line ends for one line of a message. */
export function shown(value: unknown): string {
  const text = String(value).replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
