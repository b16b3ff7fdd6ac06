import { NextResponse } from 'next/server'
import { z } from 'zod'
import { queryOf } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { currentActor } from '@/lib/auth/session'
import { formatted } from '@/lib/report/files'
import { reportFile } from '@/lib/report/reads-file'
import { reportKey } from '@/lib/report/reads-one'
import { REPORT_FORMATS } from '@/lib/report/schema'
import { route } from '@/lib/route'

type Context = { params: Promise<{ service: string; month: string; format: string }> }

/** A report as a file: /reports/checkout-api/2026-06.html. People who are signed out sign in first. */
export const GET = route(async (request: Request, { params }: Context) => {
  const { service, month, format } = await params
  if (!request.headers.has('authorization') && !(await currentActor())) {
    const { pathname, search } = new URL(request.url)
    return NextResponse.redirect(new URL(`/sign-in?from=${encodeURIComponent(pathname + search)}`, request.url))
  }
  const actor = await requireApiActor(request)
  const key = reportKey({ service, month }, queryOf(request))
  const wanted = z.enum(REPORT_FORMATS).parse(format)
  const { body, headers } = formatted(await reportFile(actor, key), wanted)
  return new Response(body, { headers })
})
