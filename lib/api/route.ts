import 'server-only'
import { problemOf, problemResponse } from '../problem'
import { route } from '../route'

/** The methods a resource does not have answer with a problem, as everything under /api/v1 does. */
const refuse = route(async (request: Request) =>
  problemResponse(problemOf(405, `${request.method} is not possible here. Use GET.`), { allow: 'GET, HEAD' }),
)

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT }

export const queryOf = (request: Request): Record<string, string> => Object.fromEntries(new URL(request.url).searchParams)
