'use server'
import { action } from '@/lib/action'
import { buildReport } from '@/lib/report/commands'
import { shareReport } from '@/lib/report/commands-share'
import { subscribe, unsubscribe } from '@/lib/report/commands-subscribe'
import { buildSchema, shareSchema, subscribeSchema, unsubscribeSchema } from '@/lib/report/schema'

export const buildNow = async (input: unknown) =>
  action(buildSchema, async (actor, wanted) => {
    const { report, written } = await buildReport(actor, wanted)
    return { revision: report.revision, written }
  })(input)

export const shareNow = async (input: unknown) => action(shareSchema, (actor, wanted) => shareReport(actor, wanted))(input)
export const subscribeNow = async (input: unknown) => action(subscribeSchema, subscribe)(input)
export const unsubscribeNow = async (input: unknown) => action(unsubscribeSchema, unsubscribe)(input)
