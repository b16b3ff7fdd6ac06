import { useCallback, useEffect, useRef, useState } from 'react'
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
  const stop = useRef<AbortController>(null)
  const ask = useCallback(async () => {
    stop.current?.abort()
    const own = new AbortController()
    stop.current = own
    const part = async (effects: boolean): Promise<boolean> => {
      const answer = await previewed({ files: sentOf(files), choices, effects }, own.signal)
      if (own.signal.aborted) return false
      if (typeof answer === 'string') {
        setState((before) => ({
          plan: effects ? before.plan : null,
          measuring: false,
          fresh: effects && before.fresh,
          message: answer,
        }))
        return false
      }
      const measuring = !effects && changesAnything(answer)
      setState({ plan: answer, measuring, fresh: true, message: '' })
      return measuring
    }
    setState((before) => ({ ...before, measuring: true, fresh: false, message: '' }))
    if (await part(false)) await part(true)
  }, [files, choices])
  useEffect(() => {
    if (!wanted) return
    void ask()
    return () => stop.current?.abort()
  }, [ask, wanted])
  return { ...state, again: () => void ask() }
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
