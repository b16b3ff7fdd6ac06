import { requireApiActor } from '@/lib/auth/api-actor'
import { env } from '@/lib/env'
import { metricsText } from '@/lib/metrics/reads'
import { route } from '@/lib/route'

/** For Prometheus: with a token of any role, or to everybody where HEADROOM_METRICS_OPEN=1. */
export const GET = route(async (request: Request) => {
  const actor =
    env().HEADROOM_METRICS_OPEN === '1' ? ({ type: 'system', job: 'metrics' } as const) : await requireApiActor(request)
  return new Response(await metricsText(actor), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } })
})
