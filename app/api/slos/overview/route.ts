import { requireActor } from '@/lib/auth/session'
import { route } from '@/lib/route'
import { packOverview } from '@/lib/slo/overview-wire'
import { overviewTable } from '@/lib/slo/reads'

/** The last body, by version: every open overview asks for the same one. */
let last: { version: string; body: string } | undefined

export const GET = route(async (request) => {
  const table = await overviewTable(await requireActor())
  const headers = { ETag: `"${table.version}"`, 'Cache-Control': 'private, no-cache', 'Content-Type': 'application/json' }
  const asked = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (asked?.includes(headers.ETag)) return new Response(null, { status: 304, headers })
  if (last?.version !== table.version) last = { version: table.version, body: JSON.stringify(packOverview(table)) }
  return new Response(last.body, { headers })
})
