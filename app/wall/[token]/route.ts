import { env } from '@/lib/env'
import { wallCookies } from '@/lib/wall/cookie'

/** Takes the secret out of the address: from here on the screen sends it as a cookie, and no other address holds it. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const headers = new Headers({ location: `/wall/link${new URL(request.url).search}`, 'cache-control': 'no-store' })
  for (const cookie of wallCookies((await params).token, env().NEXTAUTH_URL)) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
