import 'server-only'
import { db, pool } from '../db/client'
import { loadAlerting } from '../measurement/alert-policies'
import { serviceChanges } from '../service/definition-diff'
import { managedServices, type StoredService } from '../service/reads-stored'
import { changesBetween } from '../slo/definition-diff'
import { readRecord, recordOf } from '../slo/definition-record'
import type { DeclaredThen } from '../slo-as-code/plan'
import { alertingChange, budgetPolicyChange } from './compare-files'
import type { DriftReport, FileDriftRow, FileSet, ServiceDriftRow } from './report'

const MANAGED = `SELECT s.id, s.name, s.slug, s.description, s.gating, s.labels, s.objective_group AS "objectiveGroup", s.indicator,
    s.method::text, s.slice_target AS "sliceTarget", s.target, s."window", s.no_data_policy::text AS "noDataPolicy",
    s.coverage_floor AS "coverageFloor", s.min_events AS "minEvents", v.id AS "serviceId", v.slug AS "serviceSlug",
    v.name AS "serviceName", v.tier::text, d.name AS "sourceName", s.managed_by AS owner, s.declared, s.lifecycle::text AS lifecycle,
    s.deleted_at IS NOT NULL AS deleted, p.slug AS "budgetPolicy"
  FROM slo s JOIN service v ON v.id = s.service_id JOIN data_source d ON d.id = s.data_source_id
    LEFT JOIN error_budget_policy_assignment a ON a.slo_id = s.id LEFT JOIN error_budget_policy p ON p.id = a.policy_id
  WHERE s.managed_by IS NOT NULL AND ($1::int IS NULL OR s.id = $1) ORDER BY s.managed_by, v.slug, s.slug`

/** Of sets of files that own something: what was taken out of all files leaves nothing to look at. */
const SETS = `SELECT m.owner, m.applied_at AS "appliedAt", m.applied_by AS "appliedBy", m.revision, m.repository,
  (SELECT count(*)::int FROM slo s WHERE s.managed_by = m.owner AND s.deleted_at IS NULL) AS slos,
  (SELECT count(*)::int FROM service v WHERE v.managed_by = m.owner) AS services FROM managed_set m
  WHERE EXISTS (SELECT FROM slo WHERE managed_by = m.owner) OR EXISTS (SELECT FROM service WHERE managed_by = m.owner)
    OR EXISTS (SELECT FROM error_budget_policy WHERE managed_by = m.owner) ORDER BY m.owner`

type Row = Parameters<typeof recordOf>[0] & {
  id: number
  serviceId: number
  tier: string
  name: string
  slug: string
  serviceSlug: string
  serviceName: string
  owner: string
  declared: DeclaredThen
  lifecycle: 'draft' | 'active'
  deleted: boolean
  budgetPolicy: string | null
}

/** What files manage beside what they said when they were last applied; of one SLO or of all. */
export async function fileDrift(id: number | null = null): Promise<Pick<DriftReport, 'sets' | 'files' | 'services'>> {
  const [rows, sets, alertingFor, managed] = await Promise.all([
    pool().query<Row>(MANAGED, [id]),
    pool().query<Omit<FileSet, 'drifting' | 'driftingServices'>>(SETS),
    loadAlerting(pool()),
    id === null ? managedServices(db()) : [],
  ])
  const files = rows.rows.flatMap((row): FileDriftRow[] => {
    const { declared, owner, name, slug, serviceSlug, serviceName } = row
    const changes = row.deleted
      ? ['It was deleted in the portal; the files still declare it.']
      : [
          ...(row.lifecycle === 'draft' ? ['It is a draft now, and is not measured.'] : []),
          ...changesBetween(readRecord(declared.definition), recordOf(row)),
          ...alertingChange(declared.alerting, alertingFor(row)),
          ...budgetPolicyChange(declared.budgetPolicy, row.budgetPolicy),
        ]
    const service = { slug: serviceSlug, name: serviceName }
    return changes.length === 0
      ? []
      : [{ ...{ id: row.id, slug, name, service, owner, changes }, file: declared.file, line: declared.line }]
  })
  const services = managed.flatMap(serviceDrift)
  const of = (all: { owner: string }[], owner: string) => all.filter((row) => row.owner === owner).length
  return {
    ...{ files, services },
    sets: sets.rows.map((set) => ({ ...set, drifting: of(files, set.owner), driftingServices: of(services, set.owner) })),
  }
}

/** Nothing of one whose files were applied before the portal kept what they say of services. */
function serviceDrift({ record, managed }: StoredService): ServiceDriftRow[] {
  if (!managed?.declared) return []
  const { file, line, fields } = managed.declared
  const changes = serviceChanges(fields, record)
  return changes.length === 0 ? [] : [{ slug: record.slug, name: record.name, owner: managed.owner, file, line, changes }]
}
