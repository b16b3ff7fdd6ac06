import { env } from '../env'
import type { MailServer } from './send'

/** Where mail leaves from, by the settings of this process. */
export function mailServer(): MailServer {
  const { HEADROOM_SMTP_URL: url, HEADROOM_MAIL_FROM: from, NEXTAUTH_URL: portal } = env()
  return { url: url ?? null, from: from ?? `Headroom <headroom@${new URL(portal).hostname}>` }
}
