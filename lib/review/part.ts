/** A review has three parts of ten minutes. */
export const PARTS = ['performance', 'incidents', 'decisions'] as const
export type Part = (typeof PARTS)[number]

export const PART_WORDS: Record<Part, string> = {
  performance: 'Performance',
  incidents: 'Incidents',
  decisions: 'Decisions',
}
