import { NextResponse } from 'next/server'
import { z } from 'zod'
import { queryOf } from '@/lib/api/route'
import { currentActor } from '@/lib/auth/session'
import { route } from '@/lib/route'
import { takeOutFile } from '@/lib/slo-as-code/reads-take-out'
import { TAKEN_KINDS } from '@/lib/slo-as-code/taken-kind'

const wantedSchema = z.object({
  kind: z.enum(TAKEN_KINDS, { error: `The kind is one of ${TAKEN_KINDS.join(', ')}.` }),
  service: z.string().max(60).nullable().default(null),
})

/** All SLOs, or a service's, as a file: /slos/export?kind=rules&service=checkout-api. People who are signed out sign in first. */
export const GET = route(async (request: Request) => {
  const actor = await currentActor()
  if (!actor) {
    const { pathname, search } = new URL(request.url)
    return NextResponse.redirect(new URL(`/sign-in?from=${encodeURIComponent(pathname + search)}`, request.url))
  }
  const { name, text } = await takeOutFile(actor, wantedSchema.parse(queryOf(request)))
  return new Response(text, {
    headers: {
      'content-type': `${name.endsWith('.json') ? 'application/json' : 'application/yaml'}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
})
