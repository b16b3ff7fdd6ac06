import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { alertmanagerSchema } from '@/lib/incident/alertmanager'
import { receiveAlerts } from '@/lib/incident/commands-webhook'
import { route } from '@/lib/route'

export const { DELETE, GET, PATCH, PUT } = others('POST')

/** A group of alerts with long annotations is larger than a definition. */
const MOST = 1024 * 1024

/** Takes in what an Alertmanager tells its webhooks, and says what became of each alert. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  return Response.json({ alerts: await receiveAlerts(actor, alertmanagerSchema.parse(await bodyOf(request, MOST))) })
})
