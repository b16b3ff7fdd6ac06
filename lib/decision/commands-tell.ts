import 'server-only'
import type { Transaction } from '../db/client'
import { instantText } from '../format-time'
import { enqueueIn } from '../notify/enqueue'
import type { Notice } from '../notify/notice'
import { type ApproverRole, CHANGE_TYPE_WORDS, type Decision } from '../release/vocabulary'
import type { UnixSeconds } from '../time-series/units'
import { alternativeText } from './alternative'
import type { StoredRequest } from './commands-change'
import type { ReleaseDecision } from './decision'
import { APPROVER_WORDS, joined, plain, requestName, waiverName } from './words'

/** Notices about releases and waivers, written in the transaction that gives rise to them. */

type Service = { id: number; slug: string; name: string; tier: string; team: { slug: string } }
type Told = {
  key: string
  event: Extract<Notice['event'], `release.${string}` | `waiver.${string}`>
  at: UnixSeconds
  service: Service
  subject: string
  body: string[]
  path: string
  recipients: string[]
  facts: Notice['facts']
}

async function tell(tx: Transaction, { service, ...told }: Told): Promise<void> {
  const { slug, name, tier, team } = service
  await enqueueIn(tx, {
    ...told,
    ...{ severity: 'ticket', slo: null, incidentId: null, startsAt: null, endsAt: null },
    service: { slug, name, tier, team: team.slug },
  })
}

const HEADLINES: Record<Decision, string> = {
  approve: 'May go out',
  review: 'Your decision is needed',
  defer: 'Deferred',
  block: 'Blocked',
}

type DecisionTold = {
  request: StoredRequest
  decision: ReleaseDecision
  event: 'release.decided'
  at: UnixSeconds
  revision: number
  by: string
}

/** A decision of the portal: whoever has to act hears of a review, whoever asked of everything else. */
export async function tellIn(tx: Transaction, { request, decision, event, at, revision, by }: DecisionTold): Promise<void> {
  const { id, service, version, changeType, risk, description, requestedByName, requestedBy } = request
  const needed = decision.decision === 'review' ? await approversOf(tx, service.id, decision.approvers, requestedBy) : []
  await tell(tx, {
    ...{ key: `release-request:${id}:${revision}`, event, at, service, path: `/releases/${id}` },
    subject: `${HEADLINES[decision.decision]}: ${service.name} ${version} (${requestName(id)})`,
    body: [
      `${by}${requestedByName} wants to release a ${CHANGE_TYPE_WORDS[changeType]} of ${risk} risk.`,
      ...(description === '' ? [] : [description]),
      decision.rationale.map(plain).join(' '),
      ...(decision.decision === 'review'
        ? [
            `Needed: the word of the ${joined(decision.approvers.map((role) => APPROVER_WORDS[role]))}, until ${instantText(decision.validUntil, at)} UTC.`,
          ]
        : decision.alternatives.map((one) => alternativeText(one, at))),
    ],
    recipients: decision.decision === 'review' ? needed : await emailsOf(tx, [requestedBy]),
    facts: { request: id, decision: decision.decision, risk, changeType, version },
  })
}

type Said = {
  request: StoredRequest
  event: 'release.approved' | 'release.refused' | 'release.ended'
  at: UnixSeconds
  revision: number
  words: string[]
}

/** What people said about it, or that a decision does not hold any more: for whoever asked. */
export async function tellOfRequest(tx: Transaction, { request, event, at, revision, words }: Said): Promise<void> {
  const { id, service, version, requestedBy, risk, changeType } = request
  const headline = { 'release.approved': 'Approved', 'release.refused': 'Refused', 'release.ended': 'Not valid any more' }[event]
  await tell(tx, {
    ...{ key: `release-request:${id}:${revision}`, event, at, service, path: `/releases/${id}` },
    ...{ subject: `${headline}: ${service.name} ${version} (${requestName(id)})`, body: words },
    recipients: await emailsOf(tx, [requestedBy]),
    facts: { request: id, risk, changeType, version },
  })
}

type WaiverTold = {
  waiver: { id: number; service: Service; askedBy: string; revision: number }
  event: 'waiver.asked' | 'waiver.granted' | 'waiver.refused' | 'waiver.ended'
  at: UnixSeconds
  words: string[]
}

export async function tellOfWaiver(tx: Transaction, { waiver, event, at, words }: WaiverTold): Promise<void> {
  const { id, service, askedBy, revision } = waiver
  const headline = {
    'waiver.asked': 'Waiver asked for',
    'waiver.granted': 'Waiver granted',
    'waiver.refused': 'Waiver refused',
    'waiver.ended': 'Waiver ended',
  }[event]
  const signers = event === 'waiver.asked' ? await approversOf(tx, service.id, ['product_owner', 'slo_owner'], askedBy) : []
  await tell(tx, {
    ...{ key: `waiver:${id}:${revision}`, event, at, service, path: `/waivers/${id}` },
    ...{ subject: `${headline}: ${service.name} (${waiverName(id)})`, body: words },
    recipients: event === 'waiver.asked' ? signers : await emailsOf(tx, [askedBy]),
    facts: { waiver: id },
  })
}

const isPerson = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id)

async function emailsOf(tx: Transaction, ids: (string | null)[]): Promise<string[]> {
  const known = ids.filter((id): id is string => id !== null && isPerson(id))
  const people = await tx.user.findMany({ where: { id: { in: known }, disabledAt: null }, select: { email: true } })
  return people.map(({ email }) => email)
}

const PERSON = { select: { id: true, email: true, disabledAt: true } } as const

/**
 * Who may say it: those named at the service, else everyone with the role in its team, else the administrators. Never the one who
 * asked, who cannot, and nobody who left.
 */
async function approversOf(tx: Transaction, serviceId: number, roles: ApproverRole[], asker: string | null): Promise<string[]> {
  const found = await tx.service.findUnique({
    where: { id: serviceId },
    select: { teamId: true, productOwner: PERSON, sloOwner: PERSON },
  })
  if (!found) return []
  const named = { product_owner: found.productOwner, slo_owner: found.sloOwner }
  const free = { disabledAt: null, ...(asker !== null && isPerson(asker) && { id: { not: asker } }) }
  const emails: string[] = []
  for (const role of roles) {
    const one = named[role]
    if (one && one.disabledAt === null && one.id !== asker) emails.push(one.email)
    else {
      const team = await tx.user.findMany({ where: { role, teamId: found.teamId, ...free }, select: { email: true } })
      const people =
        team.length > 0 ? team : await tx.user.findMany({ where: { role: 'administrator', ...free }, select: { email: true } })
      emails.push(...people.map(({ email }) => email))
    }
  }
  return [...new Set(emails)]
}
