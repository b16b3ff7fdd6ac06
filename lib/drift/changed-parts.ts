import { diffArrays } from 'diff'

export type Part = { text: string; changed: boolean }

/** Matchers, numbers and names stay whole: half of one that changed says nothing. */
const words = (text: string): string[] => text.split(/(\s+|[(){},])/).filter(Boolean)

/** Both sides of a difference in pieces that are the same, or only there. */
export function changedParts(ours: string, theirs: string): { ours: Part[]; theirs: Part[] } {
  const found = diffArrays(words(ours), words(theirs))
  const side = (other: 'added' | 'removed') =>
    found
      .filter((change) => !change[other])
      .map(({ value, added, removed }) => ({ text: value.join(''), changed: added || removed }))
  return { ours: side('added'), theirs: side('removed') }
}
