import { problemOf, problemResponse } from '@/lib/problem'

const nothing = (request: Request): Response =>
  problemResponse(problemOf(404, `There is nothing at ${new URL(request.url).pathname}. What there is: /api/v1/openapi.json.`))

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT }
