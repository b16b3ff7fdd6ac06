import { bodyOf } from '@/lib/api/body'
import { builtOf, reportPageOf } from '@/lib/api/report-resources'
import { others, queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { buildReport } from '@/lib/report/commands'
import { readReports } from '@/lib/report/reads'
import { buildSchema, reportFilterSchema } from '@/lib/report/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, PUT } = others('GET, HEAD, POST')

export const GET = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json(reportPageOf(await readReports(actor, reportFilterSchema.parse(queryOf(request)))))
})

export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const built = await buildReport(actor, buildSchema.parse(await bodyOf(request)))
  return Response.json(builtOf(built), { status: built.written ? 201 : 200 })
})
