import 'server-only'
import { db, pool } from '../db/client'
import { type DrawnLedger, drawLedgers, type LedgerWanted } from '../ledger/reads-many'
import { measuredOf } from '../measurement/measured'
import { boundariesOf } from '../slo/boundaries'
import { readRecord } from '../slo/definition-record'
import { rulesOverTime, type VersionRules } from '../slo/rules-over-time'
import { type Period, type SloWindow, windowAt } from '../slo/window'
import { toUnix, type UnixSeconds } from '../time-series/units'

export type WindowLedger = DrawnLedger & { window: SloWindow }

/** Where the budgets of these SLOs went over the window that each is judged by. */
export async function windowLedgers(ids: number[]): Promise<Map<number, WindowLedger>> {
  const measured = await measuredOf(pool(), ids)
  const drawn = await drawLedgers(
    measured.map(({ definition, now, historyFrom }): LedgerWanted => {
      const { rules } = definition
      const whole = windowAt(rules.window, now)
      const period = { from: Math.min(boundariesOf(rules, now).window, now), to: Math.min(whole.to, now) }
      return { definition, rules, whole, period, buckets: [period], historyFrom, now }
    }),
  )
  return new Map(
    measured.flatMap(({ definition: { id, rules } }) => {
      const found = drawn.get(id)
      return found ? [[id, { ...found, window: rules.window }]] : []
    }),
  )
}

export type PeriodLedger = DrawnLedger & { target: number; minEvents: number; measuredFrom: UnixSeconds }

/** The same over one stretch for all, each judged by the target in force at its end. Left out: what began later. */
export async function periodLedgers(ids: number[], whole: Period): Promise<Map<number, PeriodLedger>> {
  const begun = (await measuredOf(pool(), ids)).filter(({ now, historyFrom }) => now > whole.from && historyFrom < whole.to)
  const versions = await versionsOf(begun.map(({ definition }) => definition.id))
  const wanted = begun.map(({ definition, now, historyFrom }) => {
    const period = { from: whole.from, to: Math.min(whole.to, now) }
    const rules = rulesOverTime(definition.rules, versions.get(definition.id) ?? [])(period.to)
    return { definition, rules, whole, period, buckets: [period], historyFrom, now }
  })
  const drawn = await drawLedgers(wanted)
  return new Map(
    wanted.flatMap(({ definition: { id }, rules: { target, minEvents }, historyFrom }) => {
      const found = drawn.get(id)
      return found ? [[id, { ...found, target, minEvents, measuredFrom: Math.max(historyFrom, whole.from) }]] : []
    }),
  )
}

async function versionsOf(ids: number[]): Promise<Map<number, VersionRules[]>> {
  const rows = await db().sloVersion.findMany({ where: { sloId: { in: ids } }, orderBy: { version: 'asc' } })
  const found = new Map<number, VersionRules[]>()
  for (const { sloId, validFrom, definition } of rows)
    found.set(sloId, [...(found.get(sloId) ?? []), { from: toUnix(validFrom), definition: readRecord(definition) }])
  return found
}
