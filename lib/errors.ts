/** Everything that can be refused, for every transport. `lib/problem.ts` turns it into RFC 9457. */
export const ERROR_CODES = [
  'INVALID_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'TOO_MANY_REQUESTS',
  'SOURCE_UNAVAILABLE',
  'SOURCE_REFUSED',
  /** the same key with another body */
  'MISMATCH',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

export type FieldIssue = { path: string; message: string }

/** A refusal a person can act on: `message` is one sentence that says what to do. */
export class HeadroomError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly issues: FieldIssue[] = [],
    /** what a program needs to know besides, as RFC 9457 extends a problem */
    readonly extension: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'HeadroomError'
  }
}
