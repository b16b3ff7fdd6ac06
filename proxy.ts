import { type NextRequest, NextResponse } from 'next/server'

const FILES = /^\/(share\/reports\/|api\/v1\/reports\/.*\/report\.|reports\/[^/]+\/[\d-]+\.(html|json|csv)$)/

/** Headers of every answer. It decides nothing about who may see what: pages, routes and commands do. */
export function proxy(request: NextRequest): NextResponse {
  // Files of reports carry a stricter policy of their own.
  if (FILES.test(request.nextUrl.pathname)) return NextResponse.next()
  const nonce = crypto.randomUUID().replaceAll('-', '')
  const development = process.env.NODE_ENV === 'development'
  const policy = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}`,
    // Charts and virtual rows are placed by style attributes.
    `style-src 'self' 'unsafe-inline'`,
    // A chart that is saved as a picture is drawn from a blob.
    `img-src 'self' data: blob:`,
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-content-type-options', 'nosniff')
  const open = request.nextUrl.pathname.startsWith('/wall')
  // The address of a wall may be a secret: no other page and no list of pages may learn it.
  response.headers.set('referrer-policy', open ? 'no-referrer' : 'same-origin')
  if (open) response.headers.set('x-robots-tag', 'noindex, nofollow')
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)')
  return response
}

export const config = { matcher: [{ source: '/((?!_next/static|_next/image|favicon.ico).*)' }] }
