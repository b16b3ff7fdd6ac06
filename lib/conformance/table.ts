import type { Fired } from './alert-truth'
import type { AlertRow } from './alerts'
import type { Row } from './compare'

const number = (value: number | null): string =>
  value === null ? 'nothing' : Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(6)))
const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(3)} %`)

/** The worst row of each scenario, window, number and teller; those that miss the tolerance are marked. */
export function worst(rows: Row[]): Row[] {
  const found = new Map<string, Row>()
  const size = ({ off, ok }: Row) => (ok ? 0 : 1e9) + (Number.isNaN(off) ? 0 : Math.abs(off))
  for (const row of rows) {
    const key = [row.scenario, row.window, row.who, row.what].join(' ')
    const known = found.get(key)
    if (!known || size(row) > size(known)) found.set(key, row)
  }
  return [...found.values()]
}

export function table(rows: Row[], end: number): string {
  const lines = rows.map((row) => [
    row.ok ? '✓' : '✗',
    row.scenario,
    row.window,
    row.what,
    row.who,
    `${(end - row.at) / 60} min`,
    number(row.truth),
    number(row.said),
    percent(row.off),
  ])
  return aligned([['', 'scenario', 'window', 'what', 'who', 'before end', 'truth', 'found', 'difference'], ...lines])
}

export function alertTable(rows: AlertRow[], trouble: number): string {
  const minutes = (fired: Fired | null) =>
    fired === null ? 'none' : `${(fired.from - trouble) / 60}–${fired.to === null ? '' : (fired.to - trouble) / 60}`
  const lines = rows.map(({ ok, scenario, long, who, truth, said }) => [
    ...[ok ? '✓' : '✗', scenario, long > 0 ? `${long / 3600} h` : 'any', 'alert', who],
    ...[minutes(truth), minutes(said)],
  ])
  return aligned([['', 'scenario', 'window', 'what', 'who', 'truth', 'found'], ...lines])
}

function aligned(all: string[][]): string {
  const widths = all[0]?.map((_, i) => Math.max(...all.map((line) => line[i]?.length ?? 0))) ?? []
  return all
    .map((line) => line.map((cell, i) => (i > 4 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  '))
    .join('\n')
}
