import { bodyOf } from '@/lib/api/body'
import { requireActor } from '@/lib/auth/session'
import { route } from '@/lib/route'
import { MOST_BODY, previewImportSchema } from '@/lib/slo-as-code/import-schema'
import { previewImport } from '@/lib/slo-as-code/reads-import'

/** What taking files would do. Nothing is saved. No action: a newer question abandons the older, which may be measuring for long. */
export const POST = route(async (request: Request) => {
  const actor = await requireActor()
  return Response.json(await previewImport(actor, previewImportSchema.parse(await bodyOf(request, MOST_BODY))))
})
