import { ZodError } from 'zod'
import { ERROR_CODES, type ErrorCode, type FieldIssue, HeadroomError } from './errors'

const STATUS: Record<ErrorCode, number> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_MANY_REQUESTS: 429,
  SOURCE_REFUSED: 422,
  MISMATCH: 422,
  SOURCE_UNAVAILABLE: 503,
}
/** Why a Headroom refused, by the status of its answer. */
export const codeOf = (status: number): ErrorCode => ERROR_CODES.find((code) => STATUS[code] === status) ?? 'INVALID_INPUT'

const TITLES: Record<number, string> = {
  400: 'Invalid input',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  422: 'Not possible',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
}

/** An error as RFC 9457 describes one. */
export type Problem = { type: string; title: string; status: number; detail: string; errors?: FieldIssue[] }

export const problemOf = (status: number, detail: string, errors: FieldIssue[] = []): Problem => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Error',
  status,
  detail,
  ...(errors.length > 0 ? { errors } : {}),
})

export const issuesOf = (error: ZodError): FieldIssue[] =>
  error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))

/** What may be said about an error to whoever caused it; null when it is a fault of the portal. */
export function problemFor(error: unknown): Problem | null {
  if (error instanceof HeadroomError) return { ...error.extension, ...problemOf(STATUS[error.code], error.message, error.issues) }
  if (error instanceof ZodError) {
    const issues = issuesOf(error)
    const [first] = issues
    return problemOf(400, first ? `${first.path || 'input'}: ${first.message}` : 'The input cannot be read.', issues)
  }
  return null
}

export function problemResponse(problem: Problem, headers: HeadersInit = {}): Response {
  const all = new Headers(headers)
  all.set('content-type', 'application/problem+json')
  all.set('cache-control', 'no-store')
  if (problem.status === 401) all.set('www-authenticate', 'Bearer realm="headroom"')
  return new Response(JSON.stringify(problem), { status: problem.status, headers: all })
}
