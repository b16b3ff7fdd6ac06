import { useEffect, useState } from 'react'
import { previewNow } from '@/app/(portal)/slos/import/actions'
import type { ImportChoices } from '@/lib/slo-as-code/import-schema'
import { changesAnything, type Plan } from '@/lib/slo-as-code/plan'
import { type ImportFile, sentOf } from './import-file'

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'

export type Preview = {
  plan: Plan | null
  /** what it does to budgets is being measured */
  measuring: boolean
  message: string
  again: () => void
}

/** What taking the files would do: at once in words, a moment later with what it does to each budget. */
export function usePreview(files: ImportFile[], choices: ImportChoices, wanted: boolean): Preview {
  const [state, setState] = useState<Omit<Preview, 'again'>>({ plan: null, measuring: false, message: '' })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks the same again
  useEffect(() => {
    if (!wanted) return
    let current = true
    const ask = async (effects: boolean): Promise<Plan | null> => {
      const answer = await previewNow({ files: sentOf(files), choices, effects }).catch(() => null)
      if (!current) return null
      if (!answer?.ok) {
        setState((before) => ({ plan: effects ? before.plan : null, measuring: false, message: answer?.message ?? LOST }))
        return null
      }
      const plan = answer.data
      const measuring = !effects && changesAnything(plan)
      setState({ plan, measuring, message: '' })
      return measuring ? plan : null
    }
    setState((before) => ({ ...before, measuring: true, message: '' }))
    void ask(false).then((plan) => (plan ? ask(true) : null))
    return () => {
      current = false
    }
  }, [files, choices, wanted, turn])
  return { ...state, again: () => setTurn((before) => before + 1) }
}
