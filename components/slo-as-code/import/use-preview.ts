import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { ImportChoices, previewImportSchema } from '@/lib/slo-as-code/import-schema'
import { changesAnything, type Plan } from '@/lib/slo-as-code/plan'
import { type ImportFile, sentOf } from './import-file'

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'

export type Preview = {
  plan: Plan | null
  /** what it does to budgets is being measured */
  measuring: boolean
  /** it is about the files and choices as they are now */
  fresh: boolean
  message: string
  again: () => void
}

/** What taking the files would do: at once in words, a moment later with what it does to each budget. */
export function usePreview(files: ImportFile[], choices: ImportChoices, wanted: boolean): Preview {
  const [state, setState] = useState<Omit<Preview, 'again'>>({ plan: null, measuring: false, fresh: false, message: '' })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks the same again
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    const ask = async (effects: boolean): Promise<Plan | null> => {
      const answer = await previewed({ files: sentOf(files), choices, effects }, stop.signal)
      if (stop.signal.aborted) return null
      if (typeof answer === 'string') {
        setState((before) => ({
          plan: effects ? before.plan : null,
          measuring: false,
          fresh: effects && before.fresh,
          message: answer,
        }))
        return null
      }
      const plan = answer
      const measuring = !effects && changesAnything(plan)
      setState({ plan, measuring, fresh: true, message: '' })
      return measuring ? plan : null
    }
    setState((before) => ({ ...before, measuring: true, fresh: false, message: '' }))
    void ask(false).then((plan) => (plan ? ask(true) : null))
    return () => stop.abort()
  }, [files, choices, wanted, turn])
  return { ...state, again: () => setTurn((before) => before + 1) }
}

/** The plan, or the sentence that says why there is none. */
async function previewed(body: z.input<typeof previewImportSchema>, signal: AbortSignal): Promise<Plan | string> {
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch('/api/slos/import', { method: 'POST', headers, body: JSON.stringify(body), signal })
    const answer = (await response.json()) as Plan & { detail?: string }
    return response.ok ? answer : (answer.detail ?? LOST)
  } catch {
    return LOST
  }
}
