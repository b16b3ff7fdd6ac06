import { wallAnswer } from '@/lib/api/wall-answer'
import { requireActor } from '@/lib/auth/session'
import { route } from '@/lib/route'

/** The wall for who is signed in. */
export const GET = route(async (request: Request) => wallAnswer(request, { actor: await requireActor() }))
