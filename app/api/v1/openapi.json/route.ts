import { openApiDocument } from '@/lib/api/openapi'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

/** Open to everybody: it says nothing about any installation. */
export const GET = (): Response => Response.json(openApiDocument())
