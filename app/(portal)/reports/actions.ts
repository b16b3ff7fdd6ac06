'use server'
import { action } from '@/lib/action'
import { buildReport } from '@/lib/report/commands'
import { buildSchema } from '@/lib/report/schema'

export const buildNow = async (input: unknown) =>
  action(buildSchema, async (actor, wanted) => {
    const { report, written } = await buildReport(actor, wanted)
    return { revision: report.revision, written }
  })(input)
