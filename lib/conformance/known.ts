import type { Row, Who } from './compare'

/** Misses that are known: each says why, and the suite fails when one of them is no miss any more. */
type Known = { scenario: string; who: Who[]; windows?: string[]; why: string }

const BOTH: Who[] = ['portal', 'rules']

export const KNOWN: Known[] = [
  ...['churn', 'rule-outage-churn'].map((scenario) => ({
    ...{ scenario, who: BOTH },
    why: 'What a pod counted in its last minute is lost: its series is over when the minute ends.',
  })),
  { scenario: 'jitter', who: BOTH, why: 'What was counted in the minute of a reset before it is lost.' },
  {
    ...{ scenario: 'label-carried', who: BOTH },
    why: 'Errors of a relabelled series are few enough to be taken for new ones.',
  },
  { scenario: 'bound', who: BOTH, why: 'The minute in which le="1" becomes le="1.0" has no good events.' },
  {
    ...{ scenario: 'rule-outage', who: ['rules'], windows: ['2h'] },
    why: 'A window that begins within a hole of the rules has all that was missed in it.',
  },
  {
    ...{ scenario: 'diurnal', who: ['portal'], windows: ['72h'] },
    why: 'Between whole five minutes, windows of more than two days begin up to four minutes early.',
  },
  {
    ...{ scenario: 'gauge-28', who: ['portal'], windows: ['6h', '24h'] },
    why: 'A scrape that stands exactly between two minutes is counted in both.',
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
