/** What a pipeline acts on. */
export const GATE_EXIT = { go: 0, no: 1, person: 2, unknown: 3 } as const
