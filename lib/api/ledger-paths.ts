import { z } from 'zod'
import { ledgerQuerySchema } from '../ledger/period'
import type { SloLedger } from '../ledger/schema'
import type { UnixSeconds } from '../time-series/units'
import { get } from './operations'

const instant = z.iso.datetime()
const stretch = z.object({ from: instant, to: instant })
const named = z.object({ slug: z.string(), name: z.string() })

const ledgerSchema = z
  .object({
    slo: z.object({ id: z.int(), slug: z.string(), name: z.string(), service: named }),
    target: z.number(),
    period: stretch,
    evaluatedAt: instant,
    unit: z.enum(['events', 'slices']),
    budget: z.object({ events: z.number(), minutes: z.number() }).meta({ description: 'how many may be bad in the period' }),
    consumed: z.number().meta({ description: 'share of the budget; the shares of the lines add up to it' }),
    buckets: z.array(stretch).meta({ description: 'days, weeks or months of the period' }),
    lines: z.array(
      z.object({
        kind: z.enum(['incident', 'release', 'dependency', 'no-data', 'measured', 'excluded', 'credit', 'unexplained']),
        id: z.int().nullable().meta({ description: 'of the incident or the release' }),
        title: z.string().nullable(),
        service: z.string().nullable().meta({ description: 'of a release, or of a dependency that broke' }),
        from: instant.nullable(),
        to: instant.nullable(),
        bad: z.number(),
        share: z.number().meta({ description: 'of the whole budget; below zero where some came back' }),
        shares: z.array(z.number()).meta({ description: 'the same per bucket' }),
      }),
    ),
  })
  .meta({ id: 'Ledger' })

const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isos = ({ from, to }: { from: UnixSeconds; to: UnixSeconds }) => ({ from: iso(from), to: iso(to) })

export function ledgerOf(ledger: SloLedger): z.infer<typeof ledgerSchema> {
  const { slo, target, period, asOf, unit, budget, consumed, buckets, lines } = ledger
  return {
    ...{ slo, target, unit, budget, consumed, period: isos(period), evaluatedAt: iso(asOf), buckets: buckets.map(isos) },
    lines: lines.map(({ kind, cause, when, bad, share, shares }) => ({
      ...{ kind, id: cause?.id ?? null, bad, share, shares },
      title: cause === null ? null : cause.kind === 'release' ? cause.version : cause.title,
      service: cause && cause.kind !== 'incident' ? cause.service : null,
      ...(when ? isos(when) : { from: null, to: null }),
    })),
  }
}

const query = ledgerQuerySchema
const id = z.object({ id: z.int().meta({ description: 'number of the SLO' }) })
const slug = z.object({ slug: z.string().meta({ description: 'slug of the service' }) })
const listSchema = z.object({ service: named, items: z.array(ledgerSchema) }).meta({ id: 'LedgerList' })

export const ledgerPaths = {
  '/api/v1/slos/{id}/ledger': get('getSloLedger', 'Where the budget of an SLO went', ledgerSchema, { path: id, query }),
  '/api/v1/services/{slug}/ledger': get('getServiceLedger', 'Where the budgets of a service went', listSchema, {
    path: slug,
    query,
  }),
}
