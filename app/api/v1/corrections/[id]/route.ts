import { correctionOf } from '@/lib/api/correction-paths'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { correction } from '@/lib/correction/reads'
import { correctionIdSchema } from '@/lib/correction/schema'
import { route } from '@/lib/route'

export const { DELETE, PATCH, POST, PUT } = others('GET, HEAD')

export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  Response.json(correctionOf(await correction(await requireApiActor(request), correctionIdSchema.parse((await params).id)))),
)
