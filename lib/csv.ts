/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** `null`: nothing is known, and the cell is empty. */
type Cell = string | number | null

/** Text that could be a formula gets an apostrophe before it; numbers stay numbers. */
function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table as RFC 4180 writes it. */
export const csvText = (rows: Cell[][]): string => rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
