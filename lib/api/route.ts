import 'server-only'
import { problemOf, problemResponse } from '../problem'
import { route } from '../route'

/** The methods a resource does not have answer with a problem, as everything under /api/v1 does. */
export function others(allow: string) {
  const refuse = route(async (request: Request) =>
    problemResponse(problemOf(405, `${request.method} is not possible here. Use ${allow.replace(', HEAD', '')}.`), { allow }),
  )
  return { DELETE: refuse, GET: refuse, PATCH: refuse, POST: refuse, PUT: refuse }
}
const { DELETE, PATCH, POST, PUT } = others('GET, HEAD')

export { DELETE, PATCH, POST, PUT }

export const queryOf = (request: Request): Record<string, string> => Object.fromEntries(new URL(request.url).searchParams)
