import { readiness } from '@/lib/health'
import { problemOf, problemResponse } from '@/lib/problem'

export async function GET(): Promise<Response> {
  const { ready, reason, pollerAgeSeconds } = await readiness()
  if (!ready) return problemResponse(problemOf(503, reason ?? 'Not ready.'))
  return Response.json({ status: 'ready', pollerAgeSeconds })
}
