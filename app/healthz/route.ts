/** This process lives. */
export const GET = (): Response => Response.json({ status: 'ok' })
