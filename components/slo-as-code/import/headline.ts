import type { ReadSource } from '@/lib/slo-as-code/import-schema'
import type { Plan } from '@/lib/slo-as-code/plan'
import { countText, type FaultCounts, faultsText } from './fault-counts'
import { groupsOf, needsOf } from './plan-rows'

export type Answer = {
  files: number
  /** nothing came, and nothing is written yet */
  blank: boolean
  result: ReadSource | null
  counts: FaultCounts
  /** files with an error */
  broken: number
  /** while it is looked at */
  plan: Plan | null
  /** the portal did not read them */
  failed: boolean
}

/** Can these files be taken, and what stands in the way: a few words, and a sentence. */
export function headline({ files, blank, result, counts, broken, plan, failed }: Answer): { title: string; note: string } {
  const from = countText(files, 'file')
  if (blank)
    return { title: 'Nothing written yet', note: 'Write or paste SLOs in any of the formats. They are checked as you write.' }
  if (!result) return { title: failed ? 'Not read' : 'Reading …', note: from }
  if (plan) return ofPlan(plan, from)
  const slos = countText(result.slos, 'SLO')
  if (counts.error > 0)
    return {
      title: `${countText(counts.error, 'error')} to mend`,
      note: `In ${broken} of ${from}. Mend them here, or leave those files out; ${slos} can be read so far.`,
    }
  if (result.slos === 0)
    return { title: 'No SLO in here', note: faultsText(counts) || 'The files declare other things, or nothing at all.' }
  return { title: `${slos} can be read`, note: `From ${from}, ${faultsText(counts) || 'nothing to mend'}. Nothing is saved yet.` }
}

const DONE: Partial<Record<string, string>> = { create: 'new', change: 'changed', refused: 'refused', unchanged: 'as they are' }

function ofPlan(plan: Plan, from: string): { title: string; note: string } {
  if (plan.faults.length > 0) {
    const { source, team, other } = needsOf(plan)
    const choices = [source.length > 0 ? 'a data source' : '', team.length > 0 ? 'a team' : ''].filter(Boolean).join(' and ')
    return {
      title: other.length > 0 ? `${countText(other.length, 'error')} to mend` : `Choose ${choices}`,
      note: 'The portal needs to know more than the files say. Nothing is saved yet.',
    }
  }
  const words = groupsOf(plan).map(({ verb, slos }) => `${slos.length} ${DONE[verb]}`)
  return { title: words.join(', ') || 'Nothing to take', note: `From ${from}. Nothing is saved yet.` }
}
