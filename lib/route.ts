import 'server-only'
import { log } from './log'
import { problemFor, problemOf, problemResponse } from './problem'

/** Wraps a route handler: whatever it throws leaves as problem+json, and faults of the portal are logged. */
export const route =
  <Rest extends unknown[]>(handler: (request: Request, ...rest: Rest) => Promise<Response>) =>
  async (request: Request, ...rest: Rest): Promise<Response> => {
    try {
      return await handler(request, ...rest)
    } catch (error) {
      const known = problemFor(error)
      if (known) return problemResponse(known)
      log.error({ err: error, path: new URL(request.url).pathname }, 'request failed')
      return problemResponse(problemOf(500, 'Something went wrong on our side. It was logged; try again in a minute.'))
    }
  }
