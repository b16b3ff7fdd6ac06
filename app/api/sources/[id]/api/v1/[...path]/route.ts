import { z } from 'zod'
import { requireActor } from '@/lib/auth/session'
import { route } from '@/lib/route'
import { askMetadata, metadataPathSchema } from '@/lib/slo/reads-source'

type Context = { params: Promise<{ id: string; path: string[] }> }
const idSchema = z.coerce.number().int().positive()

/** What the editor completes from, in the form of Prometheus itself. */
export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireActor()
  const { id, path } = await params
  const search = [...new URL(request.url).searchParams] as [string, string][]
  const data = await askMetadata(actor, idSchema.parse(id), metadataPathSchema.parse(path.join('/')), search)
  return Response.json({ status: 'success', data }, { headers: { 'cache-control': 'no-store' } })
})
