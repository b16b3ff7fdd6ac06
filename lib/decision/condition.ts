import { IANAZone } from 'luxon'
import { z } from 'zod'
import { factorText, spentText } from '../format'
import { plainText } from '../slo/definition-input'

/** What whoever approves may ask for. */

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Write the time as 08:00.' })
const minutes = z
  .number({ error: 'Write how many minutes.' })
  .int({ error: 'Write whole minutes.' })
  .min(1, { error: 'At least a minute.' })
  .max(10_080, { error: 'A week at most.' })
const share = z
  .number({ error: 'Write the share as a number between 0 and 1.' })
  .gt(0, { error: 'More than 0.' })
  .max(1, { error: 'At most 1.' })

export const conditionSchema = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('canary'), share, minutes }),
    z.object({
      kind: z.literal('rollback'),
      /** burn rate over one hour above which the release goes back, × */
      burn: z.number({ error: 'Write the burn rate as a number.' }).gt(0, { error: 'More than 0.' }).max(1_000_000),
    }),
    z.object({
      kind: z.literal('hours'),
      from: clock,
      to: clock,
      timeZone: z
        .string()
        .refine((name) => IANAZone.isValidZone(name), { error: 'Use an IANA time zone, for example Europe/Berlin.' }),
    }),
    /** it goes back once it has spent this share of a budget */
    z.object({ kind: z.literal('spend'), share }),
    z.object({ kind: z.literal('watcher'), name: plainText('a name', 100).min(1, { error: 'Name who watches.' }) }),
    z.object({ kind: z.literal('other'), text: plainText('the condition', 300).min(1, { error: 'Say what has to be kept.' }) }),
  ],
  { error: 'A condition is one of canary, rollback, hours, spend, watcher, other.' },
)
export type Condition = z.output<typeof conditionSchema>

export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'canary':
      return `Canary ${factorText(condition.share * 100)} % for at least ${condition.minutes} min`
    case 'rollback':
      return `Rolls back by itself when 1 h burn is above ${factorText(condition.burn)} ×`
    case 'hours':
      return `Only between ${condition.from} and ${condition.to} ${condition.timeZone}`
    case 'spend':
      return `Stops after spending ${spentText(condition.share)} % of the budget`
    case 'watcher':
      return `${condition.name} watches it`
    case 'other':
      return condition.text
  }
}
