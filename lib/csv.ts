/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** Text that could be a formula gets an apostrophe before it; numbers stay numbers. */
function cellText(cell: string | number): string {
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table as RFC 4180 writes it. */
export const csvText = (rows: (string | number)[][]): string => rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
