import { FILE_POLICY } from '@/lib/report/file-headers'
import { readSharedReport } from '@/lib/report/reads-files'
import { route } from '@/lib/route'

const HEADERS = {
  'content-security-policy': FILE_POLICY,
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}
const REFUSALS = {
  forged: { status: 403, text: 'This link is not whole, or was changed. Ask whoever sent it for the link as it was.' },
  expired: { status: 410, text: 'This link has expired. Ask whoever sent it for a new one.' },
  gone: { status: 410, text: 'This report is no longer kept.' },
}

/** One report for whoever has its link; nobody signs in. */
export const GET = route(async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const { searchParams } = new URL(request.url)
  const { id } = await params
  const found = await readSharedReport({ id, until: searchParams.get('until'), signature: searchParams.get('signature') })
  if (typeof found !== 'string')
    return new Response(found.html, { headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' } })
  const { status, text } = REFUSALS[found]
  return new Response(`${text}\n`, { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
})
