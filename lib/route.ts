import 'server-only'
import { log } from './log'
import { processMetrics } from './metrics/process'
import { problemFor, problemOf, problemResponse } from './problem'

/** Wraps a route handler: whatever it throws leaves as problem+json, faults of the portal are logged, and all are counted. */
export const route =
  <Rest extends unknown[]>(handler: (request: Request, ...rest: Rest) => Promise<Response>) =>
  async (request: Request, ...rest: Rest): Promise<Response> => {
    const { requests, faults } = processMetrics()
    const stop = requests.startTimer({ method: request.method })
    const answered = (response: Response) => {
      stop({ status: String(response.status) })
      return response
    }
    try {
      return answered(await handler(request, ...rest))
    } catch (error) {
      const known = problemFor(error)
      if (known) return answered(problemResponse(known))
      faults.inc()
      log.error({ err: error, path: new URL(request.url).pathname }, 'request failed')
      return answered(problemResponse(problemOf(500, 'Something went wrong on our side. It was logged; try again in a minute.')))
    }
  }
