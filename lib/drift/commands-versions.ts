import 'server-only'
import { z } from 'zod'
import { pool } from '../db/client'
import type { SourceRow } from '../measurement/source-health'
import { type SloDefinitionRecord, sloDefinitionSchema } from '../slo/definition-input'
import type { Portable } from '../slo-as-code/portable'
import type { UnixSeconds } from '../time-series/units'
import { compareRules, type SubjectDrift } from './compare'
import { type DriftProblem, stateOf } from './drift'
import { groupOf } from './expected'
import type { LoadedGroup } from './loaded'

/** Older ones are looked for among the newest few, and of so many SLOs at a time. */
const VERSIONS = 5
const MOST = 50

/** Names of older releases may be none that is taken now. */
const storedSchema = sloDefinitionSchema.safeExtend({ name: z.string() })

type Against = { portable: Portable; source: SourceRow; groups: LoadedGroup[]; now: UnixSeconds }
type Subject = SubjectDrift & { id: number }

/** Says of rules that differ when they are those of an earlier version of the SLO: then only the export was forgotten. */
export async function namedVersions(slos: Subject[], against: Against): Promise<Subject[]> {
  const differing = slos.filter(({ problems }) => problems.some(isChange)).slice(0, MOST)
  if (differing.length === 0) return slos
  const { rows } = await pool().query<{ id: number; version: number; definition: unknown }>(
    `SELECT v.slo_id AS id, v.version, v.definition FROM slo s JOIN slo_version v ON v.slo_id = s.id AND v.version < s.version
     WHERE s.id = ANY($1) AND v.version >= s.version - ${VERSIONS} ORDER BY v.version DESC`,
    [differing.map(({ id }) => id)],
  )
  const named = new Map<number, Subject>()
  for (const { id, version, definition } of rows) {
    const subject = differing.find((one) => one.id === id)
    const read = storedSchema.safeParse(definition)
    if (!subject || named.has(id) || !read.success) continue
    if (await isWritten(subject.key, read.data, against)) {
      const problems: DriftProblem[] = [{ kind: 'outdated', version }, ...subject.problems]
      named.set(id, { ...subject, problems, state: stateOf(problems) })
    }
  }
  return slos.map((slo) => named.get(slo.id) ?? slo)
}

const isChange = ({ kind }: DriftProblem): boolean => ['changed', 'missing', 'extra', 'other-writer'].includes(kind)

async function isWritten(key: string, definition: SloDefinitionRecord, against: Against): Promise<boolean> {
  const { portable, source, groups, now } = against
  const group = groupOf(portable, key, definition, source.dialect)
  if (!group) return false
  const { subjects } = await compareRules([group], groups, now)
  return !subjects.some(({ problems }) => problems.some(isChange))
}
