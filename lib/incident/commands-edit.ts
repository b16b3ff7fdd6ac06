import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/client'
import { type FieldIssue, HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { type EditedIncident, type IncidentFields, incidentChanges } from './changes'
import { joined } from './claim'
import { audited, changing, clock, markEdges, note, refuse, type StoredIncident, saved } from './commands-change'
import { freezeCosts } from './commands-costs'
import { addImpacts, scopeOf } from './commands-scope'
import { edgeAfter, edgeBefore } from './edges'
import { type IncidentTimes, timeProblems, timesOf } from './lifecycle'
import { canRunIncidents, WHO_RUNS } from './policy'
import { conflictOf, fieldsOf } from './reads-fields'
import type { EventKind, IncidentEdit } from './schema'

/** Saves what is named, if nobody else saved since `version`; otherwise says what they changed and writes nothing. */
export async function editIncident(actor: Actor, edit: IncidentEdit, now = clock()): Promise<EditedIncident> {
  authorize(canRunIncidents(actor), WHO_RUNS)
  const { id } = edit
  const done = await changing(id, async (tx, stored): Promise<EditedIncident> => {
    if (stored.version !== edit.version) return conflictOf(tx, id, edit.version)
    const times = editedTimes(stored, edit)
    refuse(timeProblems(times, now))
    const before = await fieldsOf(tx, id)
    await changeScope(tx, stored, edit, times)
    await moveEdges(tx, stored, times)
    const version = await saved(tx, stored, { ...timesOf(times), ...columnsOf(edit), ...(await referred(tx, edit)) })
    const changes = incidentChanges(before, await fieldsOf(tx, id), now)
    if (changes.length > 0) {
      const kind = kindOf(before, edit)
      await note(tx, actor, id, { at: now, kind, text: changes.join(' '), detail: { version, changes } })
    }
    const { id: _, version: __, ...asked } = edit
    await audited(tx, actor, id, {
      verb: 'edit',
      before: { ...before, version: stored.version },
      after: { ...asked, version, changes },
    })
    return { kind: 'saved', id, version }
  })
  if (done.kind === 'conflict') return done
  await markEdges(id, now)
  await freezeCosts(pool(), now, id)
  return done
}

const WORDS: Partial<Record<keyof IncidentTimes, string>> = {
  mitigatedAt: 'mitigated',
  resolvedAt: 'resolved',
  acknowledgedAt: 'acknowledged',
}

/** Instants that were reached are corrected here; reaching them, and going back, are verbs. */
function editedTimes(stored: StoredIncident, edit: IncidentEdit): IncidentTimes {
  const issues: FieldIssue[] = []
  const times = timesOf(stored)
  for (const key of ['startedAt', 'detectedAt', 'acknowledgedAt', 'mitigatedAt', 'resolvedAt'] as const) {
    const asked = edit[key]
    if (asked === undefined || asked === stored[key]) continue
    const late = key === 'acknowledgedAt' && stored.status !== 'detected'
    if (asked === null) issues.push({ path: key, message: 'To take this back, reopen the incident.' })
    else if (stored[key] === null && !late) issues.push({ path: key, message: `Mark the incident as ${WORDS[key]} first.` })
    else times[key] = asked
  }
  refuse(issues)
  return times
}

const columnsOf = ({
  title,
  severity,
  summary,
  rootCause,
  contributing,
  wentWell,
  wentBadly,
  retrospectiveAt,
}: IncidentEdit) => ({
  ...(title !== undefined && { title }),
  ...(severity !== undefined && { severity }),
  ...(summary !== undefined && { summary }),
  ...(rootCause !== undefined && { rootCause }),
  ...(contributing !== undefined && { contributing }),
  ...(wentWell !== undefined && { wentWell }),
  ...(wentBadly !== undefined && { wentBadly }),
  ...(retrospectiveAt !== undefined && { retrospectiveAt }),
})

async function referred(tx: Transaction, { commander, suspectedRelease }: IncidentEdit) {
  const missing = async (path: string, found: Promise<unknown>, message: string) => {
    if (!(await found)) refuse([{ path, message }])
  }
  if (commander) {
    const person = tx.user.findFirst({ where: { id: commander, disabledAt: null } })
    await missing('commander', person, 'There is no such person. Choose one of the list.')
  }
  if (suspectedRelease) {
    const release = tx.release.findUnique({ where: { id: suspectedRelease } })
    await missing('suspectedRelease', release, 'There is no such release. Choose one of the list.')
  }
  return {
    ...(commander !== undefined && { commanderId: commander }),
    ...(suspectedRelease !== undefined && { suspectedId: suspectedRelease }),
  }
}

/** Lists that are named replace what was there; an SLO that leaves takes its stretches with it. */
async function changeScope(tx: Transaction, stored: StoredIncident, edit: IncidentEdit, times: IncidentTimes): Promise<void> {
  if (!edit.services && !edit.slos) return
  const { id } = stored
  const before = {
    slos: new Set(stored.impacts.map(({ sloId }) => sloId)),
    services: stored.services.map(({ service }) => service),
  }
  const wanted = edit.slos ?? [...before.slos]
  const added = wanted.filter((slo) => !before.slos.has(slo))
  const named = await scopeOf(tx, { services: edit.services ?? before.services.map(({ slug }) => slug), slos: added })
  if (named.services.length + wanted.length === 0 && stored.origin !== 'webhook')
    throw new HeadroomError('INVALID_INPUT', 'Choose at least one service or SLO.', [
      { path: 'services', message: 'Choose at least one service or SLO.' },
    ])
  await tx.incidentImpact.deleteMany({ where: { incidentId: id, sloId: { notIn: wanted } } })
  await addImpacts(tx, id, added, times)
  await tx.incidentService.deleteMany({ where: { incidentId: id } })
  await tx.incidentService.createMany({ data: named.services.map((service) => ({ incidentId: id, serviceId: service.id })) })
}

/**
 * Stretches that began with the incident, or ended with it, still do, and become one with what they then overlap. Their final figures
 * are counted anew.
 */
async function moveEdges(tx: Transaction, stored: StoredIncident, times: IncidentTimes): Promise<void> {
  const [wasFrom, from] = [edgeBefore(stored.startedAt), edgeBefore(times.startedAt)]
  const end = (at: UnixSeconds | null) => (at === null ? null : edgeAfter(at))
  const [wasTo, to] = [end(stored.mitigatedAt), end(times.mitigatedAt)]
  const moved = stored.impacts.map(({ id, sloId, fromTs, toTs, claimedBy }) => {
    const own = claimedBy === null
    const ends = own && toTs !== null && toTs === wasTo ? to : toTs
    const begins = own && fromTs === wasFrom ? from : fromTs
    const changed = ends !== toTs || begins !== fromTs
    return { id, sloId, from: ends === null ? begins : Math.min(begins, ends), to: ends, claimedBy, changed }
  })
  for (const sloId of new Set(moved.filter(({ changed }) => changed).map((stretch) => stretch.sloId))) {
    const mine = moved.filter((stretch) => stretch.sloId === sloId)
    for (const { id, from: fromTs, to: toTs, claimedBy, swallows } of joined(mine)) {
      if (swallows.length === 0 && !mine.some((stretch) => stretch.id === id && stretch.changed)) continue
      // An SLO that leaves with the same edit has no stretch any more.
      await tx.incidentImpact.deleteMany({ where: { id: { in: swallows } } })
      await tx.incidentImpact.updateMany({ where: { id }, data: { fromTs, toTs, claimedBy, cost: Prisma.DbNull } })
    }
  }
}

function kindOf(before: IncidentFields, edit: IncidentEdit): EventKind {
  if (edit.severity !== undefined && edit.severity !== before.severity) return 'severity'
  if (edit.commander !== undefined) return 'commander'
  return edit.slos || edit.services ? 'impact' : 'edited'
}
