import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { previewCorrection } from '@/lib/correction/commands'
import { newCorrectionSchema } from '@/lib/correction/schema'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** What a correction would do. Nothing is saved. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json({ effects: await previewCorrection(actor, newCorrectionSchema.parse(await bodyOf(request))) })
})
