import { cookies } from 'next/headers'
import { wallAnswer } from '@/lib/api/wall-answer'
import { env } from '@/lib/env'
import { route } from '@/lib/route'
import { WALL_COOKIE, wallCookies } from '@/lib/wall/cookie'
import { passOf } from '@/lib/wall/reads-links'

/** The wall for a screen that opened a link. Its secret comes as a cookie that no script can read, and is kept for as long as it works. */
export const GET = route(async (request: Request) => {
  const secret = (await cookies()).get(WALL_COOKIE)?.value ?? ''
  const answer = await wallAnswer(request, { pass: await passOf(secret) })
  for (const cookie of wallCookies(secret, env().NEXTAUTH_URL)) answer.headers.append('set-cookie', cookie)
  return answer
})
