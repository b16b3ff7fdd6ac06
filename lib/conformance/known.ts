import type { Row, Who } from './compare'

/** Misses that are known: each says why, and the suite fails when one of them is no miss any more. */
type Known = { scenario: string; who: Who[]; windows?: string[]; why: string }

export const KNOWN: Known[] = [
  {
    ...{ scenario: 'rule-outage', who: ['rules'], windows: ['2h'] },
    why: 'A window that begins within a hole of the rules has all that was missed in it.',
  },
]

export const isKnown = (row: Row): boolean =>
  KNOWN.some(
    ({ scenario, who, windows }) =>
      scenario === row.scenario && who.includes(row.who) && (windows === undefined || windows.includes(row.window)),
  )

/** Misses that nobody knows of. */
export const unknownMisses = (rows: Row[]): Row[] => rows.filter((row) => !row.ok && !isKnown(row))

/** Known misses of these scenarios that were not seen: their time is over. */
export const healed = (rows: Row[]): string[] =>
  KNOWN.flatMap(({ scenario, who }) =>
    who.flatMap((teller) => {
      const own = rows.filter((row) => row.scenario === scenario && row.who === teller)
      return own.length > 0 && own.every(({ ok }) => ok) ? [`${scenario}, ${teller}`] : []
    }),
  )
