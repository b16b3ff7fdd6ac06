/** Where the key n leads. */
export const NOTE_FIELD = 'incident-note'
