import type { OverviewColumns, OverviewTable } from './overview-rows'

/**
 * The overview on its way to the browser. Trends are drawn 20 px high, so each point is one character (2 points of
 * budget a step); ratios are cut where no screen can show the difference, in the direction screens round.
 */
export type OverviewWire = Omit<OverviewTable, 'columns'> & {
  columns: Omit<OverviewColumns, 'trend'> & { trend: string[] }
}

const LOWEST = -0.6
const STEP = 0.02
const STEPS = 80
const UNKNOWN = ' '
/** Printable characters without " and \, which JSON would escape. */
const ALPHABET = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))
  .filter((c) => c !== '"' && c !== '\\')
  .slice(0, STEPS + 1)
const VALUES = new Map(ALPHABET.map((c, i) => [c, LOWEST + i * STEP]))

const encode = (left: number | null): string =>
  left === null ? UNKNOWN : (ALPHABET[Math.max(0, Math.min(STEPS, Math.round((left - LOWEST) / STEP)))] as string)

type Numbers = (number | null)[]
const down = (column: Numbers, scale: number): Numbers => column.map((v) => v && Math.floor(v * scale + 1e-6) / scale)
const up = (column: Numbers, scale: number): Numbers => column.map((v) => v && Math.ceil(v * scale - 1e-7) / scale)

export function packOverview({ columns, ...rest }: OverviewTable): OverviewWire {
  return {
    ...rest,
    columns: {
      ...columns,
      sli: down(columns.sli, 1e8),
      remaining: down(columns.remaining, 1e6),
      projected: down(columns.projected, 1e6),
      burn1h: up(columns.burn1h, 1e4),
      burn6h: up(columns.burn6h, 1e4),
      burn24h: up(columns.burn24h, 1e4),
      pace: up(columns.pace, 1e4),
      coverage: down(columns.coverage, 1e4) as number[],
      trend: columns.trend.map((points) => points.map(encode).join('')),
    },
  }
}

export const unpackTrend = (points: string): (number | null)[] => Array.from(points, (c) => VALUES.get(c) ?? null)

export function unpackOverview({ columns, ...rest }: OverviewWire): OverviewTable {
  return { ...rest, columns: { ...columns, trend: columns.trend.map(unpackTrend) } }
}
