import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SloDefinitionRecord } from '@/lib/slo/definition-input'
import { previewQuery } from '@/lib/slo/preview-query-options'
import type { PreviewState } from './preview-panel'

const PAUSE = 500

/** Asks for a preview once the typing rests; the old one stays until the new one is there. */
export function usePreview(
  definition: SloDefinitionRecord | undefined,
  missing: string,
  alertPolicy: string | null,
): PreviewState {
  const [asked, setAsked] = useState(definition)
  const key = JSON.stringify(definition ?? null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal definitions are new objects at every keystroke
  useEffect(() => {
    const timer = setTimeout(() => setAsked(definition), PAUSE)
    return () => clearTimeout(timer)
  }, [key])
  const { data, error, isFetching } = useQuery({ ...previewQuery(asked, alertPolicy), placeholderData: (previous) => previous })
  const waiting = JSON.stringify(asked ?? null) !== key
  if (!definition) return { kind: 'incomplete', missing }
  if (error && !waiting) return { kind: 'failed', message: error.message }
  if (!data) return { kind: 'loading' }
  return { kind: 'ready', preview: data, stale: isFetching || waiting }
}
