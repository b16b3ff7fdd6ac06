import { diffArrays } from 'diff'

/** `at`: where it begins in its side */
export type Part = { at: number; text: string; changed: boolean }

/** Matchers, numbers and names stay whole: half of one that changed says nothing. */
const words = (text: string): string[] => text.split(/(\s+|[(){},])/).filter(Boolean)

/** Both sides of a difference in pieces that are the same, or only there. */
export function changedParts(ours: string, theirs: string): { ours: Part[]; theirs: Part[] } {
  const found = diffArrays(words(ours), words(theirs))
  const side = (other: 'added' | 'removed') => {
    let end = 0
    return found.flatMap(({ value, added, removed, [other]: elsewhere }): Part[] => {
      if (elsewhere) return []
      const [at, text] = [end, value.join('')]
      end += text.length
      return [{ at, text, changed: added || removed }]
    })
  }
  return { ours: side('added'), theirs: side('removed') }
}
