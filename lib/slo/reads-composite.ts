import 'server-only'
import { pool } from '../db/client'
import type { SloComposite } from './detail'
import type { CompositePlan } from './measurement-plan'
import type { SloState } from './state'

type Row = {
  service: string
  slo: string
  id: number
  name: string
  serviceName: string
  lifecycle: 'draft' | 'active'
  deleted: boolean
  state: SloState | null
  remaining: number | null
}

/** The members of a composite and how each stands. */
export async function compositeOf({ rule, late, members }: CompositePlan): Promise<SloComposite> {
  const { rows } = await pool().query<Row>(
    `SELECT v.slug AS service, s.slug AS slo, s.id, s.name, v.name AS "serviceName", s.lifecycle::text,
       s.deleted_at IS NOT NULL AS deleted, st.state, st.remaining
     FROM unnest($1::text[], $2::text[]) AS wanted (service, slo)
     JOIN service v ON v.slug = wanted.service JOIN slo s ON s.service_id = v.id AND s.slug = wanted.slo
     LEFT JOIN slo_status st ON st.slo_id = s.id`,
    [members.map(({ service }) => service), members.map(({ slo }) => slo)],
  )
  const known = new Map(rows.map((row) => [`${row.service}/${row.slo}`, row]))
  return {
    rule,
    late,
    members: members.map(({ service, slo, weight }) => {
      const row = known.get(`${service}/${slo}`)
      const gone = !row ? 'unknown' : row.deleted ? 'deleted' : row.lifecycle === 'draft' ? 'draft' : null
      return {
        id: row && !row.deleted ? row.id : null,
        name: row?.name ?? `${service}/${slo}`,
        service: row?.serviceName ?? service,
        weight,
        state: gone === null ? (row?.state ?? null) : null,
        remaining: gone === null ? (row?.remaining ?? null) : null,
        gone,
      }
    }),
  }
}
