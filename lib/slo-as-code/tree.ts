/** A document as data with positions: what YAML and JSON have in common. Maps are `Map`s, so that no key is special. */

/** `at` is the offset of the value in the text. */
export type Item = MapItem | ListItem | ScalarItem
export type MapItem = { kind: 'map'; at: number; entries: Map<string, { at: number; item: Item }> }
export type ListItem = { kind: 'list'; at: number; items: Item[] }
/** `text` is the scalar as it was written, where that is not the value itself */
export type ScalarItem = { kind: 'scalar'; at: number; value: string | number | boolean | null; text: string }

/** What is wrong in a text at an offset, before anything in it means something. */
export type Problem = { at: number; reason: string; suggestion?: string }

export const textIn = (item: Item | undefined): string | undefined =>
  item?.kind === 'scalar' && typeof item.value === 'string' ? item.value : undefined

export const entryOf = (item: Item | undefined, key: string): Item | undefined =>
  item?.kind === 'map' ? item.entries.get(key)?.item : undefined

/** Offsets of a text as lines and columns, both from 1. */
export class Lines {
  private readonly starts = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1)
  }

  of(offset: number): { line: number; column: number } {
    let [low, high] = [0, this.starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) + 1 }
  }
}
