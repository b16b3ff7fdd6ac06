import 'server-only'
import { setImmediate as turn } from 'node:timers/promises'
import type pg from 'pg'
import { recordAuditOn } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadSources, type SourceRow } from '../measurement/source-health'
import { portableSlos } from '../slo-as-code/reads'
import { MINUTE, type UnixSeconds } from '../time-series/units'
import type { GoneGroup, ServiceDrift } from './check'
import { namedVersions } from './commands-versions'
import { compareRules, type RulesDrift, type SubjectDrift, subjectOf } from './compare'
import { expectedGroups } from './expected'
import { canCheckDrift, WHO_CHECKS } from './policy'
import { askLoaded, type Loaded } from './reads-loaded'

/** Rules change when somebody deploys them. */
export const EVERY = 5 * MINUTE
/** A button that is pressed again asks nobody. */
const AT_MOST_EVERY = 5

const POLLER: Actor = { type: 'system', job: 'poller' }

/** Looks at one source whose turn it is; `null` when it is nobody's turn. Several pollers share the work. */
export async function checkDue(now: UnixSeconds): Promise<{ source: string; drifting: number } | null> {
  for (const source of await loadSources(pool()))
    if (await claim(source, now - EVERY, now)) return { source: source.name, drifting: await check(source, now) }
  return null
}

/** Asks a source (or all of them) now, because somebody wants to know. */
export async function checkDrift(
  actor: Actor,
  { source }: { source: string | null },
  now = Math.floor(Date.now() / 1000),
): Promise<{ asked: number }> {
  authorize(canCheckDrift(actor), WHO_CHECKS)
  const sources = (await loadSources(pool())).filter(({ name }) => source === null || name === source)
  if (source !== null && sources.length === 0) throw new HeadroomError('NOT_FOUND', `There is no source “${source}”.`)
  let asked = 0
  for (const one of sources) {
    if (!(await claim(one, now - AT_MOST_EVERY, now))) continue
    asked += 1
    const done = { action: 'drift.check', entityType: 'data_source', entityId: one.id, after: { at: now } }
    await check(one, now, (client) => recordAuditOn(client, actor, done))
  }
  return { asked }
}

async function claim({ id }: SourceRow, before: UnixSeconds, now: UnixSeconds): Promise<boolean> {
  const { rowCount } = await pool().query(
    `INSERT INTO rule_check AS c (data_source_id, asked_at) VALUES ($1, $3)
     ON CONFLICT (data_source_id) DO UPDATE SET asked_at = $3 WHERE c.asked_at <= $2`,
    [id, before, now],
  )
  return rowCount === 1
}

type Alongside = (client: pg.PoolClient) => Promise<void>
const NOTHING: Alongside = async () => {}

/** Returns how many SLOs are not in step. Nothing of it touches what is measured. */
async function check(source: SourceRow, now: UnixSeconds, alongside = NOTHING): Promise<number> {
  const loaded = await askLoaded(source.client, now)
  const found = loaded.ok ? await compared(source, loaded) : null
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    if (found) await keep(client, source, found, now)
    else if (!loaded.ok)
      await client.query('UPDATE rule_check SET problem = $2, message = $3 WHERE data_source_id = $1', [
        source.id,
        loaded.problem,
        loaded.message.slice(0, 500),
      ])
    await alongside(client)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
  return found?.slos.filter(({ state }) => state !== 'in-step').length ?? 0
}

type Found = { loaded: number; slos: (SubjectDrift & { id: number })[]; services: SubjectDrift[]; gone: GoneGroup[] }

async function compared(source: SourceRow, { groups, now }: Extract<Loaded, { ok: true }>): Promise<Found> {
  // Whoever exports nothing has nothing to compare, and ten thousand SLOs are not written for it.
  if (!groups.some((group) => subjectOf(group) !== null)) return { loaded: 0, slos: [], services: [], gone: [] }
  const portable = await portableSlos(POLLER)
  const facts = new Map(
    portable.slos.map(({ definition }, i) => [
      `${definition.service}/${definition.slug}`,
      { id: portable.ids[i] as number, source: definition.dataSource },
    ]),
  )
  const ours = expectedGroups(portable, source.name, source.dialect)
  const { loaded, subjects, gone } = await compareRules(ours, groups, now, { pause: () => turn() })
  const slos = subjects.flatMap((subject) => {
    const fact = facts.get(subject.key)
    return fact ? [{ ...subject, id: fact.id }] : []
  })
  return {
    loaded,
    slos: await namedVersions(slos, { portable, source, groups, now }),
    services: subjects.filter(({ key, state }) => !facts.has(key) && state !== 'in-step'),
    gone: await leftOver(
      source,
      gone,
      [...facts].map(([key, fact]) => ({ key, source: fact.source })),
    ),
  }
}

/** A Prometheus that two sources name holds the rules of both: none of them is left over. */
async function leftOver(
  { id }: SourceRow,
  gone: RulesDrift['gone'],
  slos: { key: string; source: string }[],
): Promise<GoneGroup[]> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT d.name FROM data_source d, data_source me WHERE me.id = $1 AND rtrim(d.url, '/') = rtrim(me.url, '/')`,
    [id],
  )
  const same = new Set(rows.map(({ name }) => name))
  return gone.flatMap((group) => {
    const sources = slos.filter(({ key }) => key === group.key || key.startsWith(`${group.key}/`)).map(({ source }) => source)
    return sources.some((source) => same.has(source)) ? [] : [{ ...group, movedTo: sources[0] ?? null }]
  })
}

async function keep(client: pg.PoolClient, source: SourceRow, found: Found, now: UnixSeconds): Promise<void> {
  const { rows } = await client.query<{ services: ServiceDrift[] }>(
    'SELECT services FROM rule_check WHERE data_source_id = $1 FOR UPDATE',
    [source.id],
  )
  const before = new Map(rows[0]?.services.map((service) => [service.key, service]))
  const services: ServiceDrift[] = found.services.map((service) => {
    const known = before.get(service.key)
    return { ...service, since: known?.state === service.state ? known.since : now }
  })
  await client.query(
    `UPDATE rule_check SET checked_at = $2, problem = NULL, message = NULL, loaded = $3, services = $4, gone = $5
     WHERE data_source_id = $1`,
    [source.id, now, found.loaded, JSON.stringify(services), JSON.stringify(found.gone)],
  )
  const ids = found.slos.map(({ id }) => id)
  await client.query(
    'DELETE FROM slo_rule_drift d USING slo s WHERE s.id = d.slo_id AND s.data_source_id = $1 AND s.id <> ALL($2::int[])',
    [source.id, ids],
  )
  // An SLO that was deleted since is left out; one that is as it was is not written again.
  await client.query(
    `INSERT INTO slo_rule_drift AS old (slo_id, state, problems, since)
     SELECT n.id, n.state, n.problems::jsonb, $4 FROM unnest($1::int[], $2::text[], $3::text[]) AS n (id, state, problems)
       JOIN slo s ON s.id = n.id
     ON CONFLICT (slo_id) DO UPDATE SET state = EXCLUDED.state, problems = EXCLUDED.problems,
       since = CASE WHEN old.state = EXCLUDED.state THEN old.since ELSE EXCLUDED.since END
     WHERE old.state <> EXCLUDED.state OR old.problems <> EXCLUDED.problems`,
    [ids, found.slos.map(({ state }) => state), found.slos.map(({ problems }) => JSON.stringify(problems)), now],
  )
}
