import type { Drawn, Panel, Row } from './model'

/** Grafana's grid is 24 columns wide. */
export const COLUMNS = 24
const ROW_HEIGHT = 1

/** Panels of one line, with the same height. */
export type Line = { height: number; panels: { width: number; panel: Drawn }[] }
/** `title` begins a row that can be folded; `folded`: it is, and asks nothing until somebody opens it. */
export type Section = { title?: string; folded?: boolean; lines: Line[] }

/** A line of panels that are equally wide. */
export const line = (height: number, ...panels: Drawn[]): Line => ({
  height,
  panels: panels.map((panel) => ({ width: Math.floor(COLUMNS / panels.length), panel })),
})

/** Puts panels below one another and numbers them in reading order, so that the same definitions give the same bytes. */
export function laidOut(sections: Section[]): (Panel | Row)[] {
  const placed: (Panel | Row)[] = []
  let [id, y] = [0, 0]
  for (const { title, folded = false, lines } of sections) {
    const row: Row | null =
      title === undefined
        ? null
        : { type: 'row', id: ++id, title, collapsed: folded, gridPos: { x: 0, y, w: COLUMNS, h: ROW_HEIGHT }, panels: [] }
    if (row) {
      placed.push(row)
      y += ROW_HEIGHT
    }
    // What is folded takes no room until it is opened; then Grafana moves the rest down.
    let below = y
    for (const { height, panels } of lines) {
      let x = 0
      for (const { width, panel } of panels) {
        const at: Panel = { id: ++id, gridPos: { x, y: below, w: width, h: height }, ...panel }
        ;(row && folded ? row.panels : placed).push(at)
        x += width
      }
      below += height
    }
    if (!folded) y = below
  }
  return placed
}
