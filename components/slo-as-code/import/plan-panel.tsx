'use client'
import { useMemo } from 'react'
import { fileTails } from './file-tails'
import type { ImportFile } from './import-file'
import { Needed } from './needed'
import { PlanList } from './plan-list'
import { groupsOf, needsOf } from './plan-rows'
import type { Preview } from './use-preview'

type Props = {
  files: ImportFile[]
  preview: Preview
  left: Set<string>
  onTake: (keys: string[], take: boolean) => void
  onPlace: (place: { file: string; line: number }) => void
}

/** What would become of each SLO, or what still has to be chosen or mended before that can be said. */
export function PlanPanel({ files, preview: { plan, measuring, message }, left, onTake, onPlace }: Props) {
  const groups = useMemo(() => (plan ? groupsOf(plan) : []), [plan])
  const tails = useMemo(() => fileTails(files.map(({ name }) => name)), [files])
  return (
    <section className="panel plan" aria-label="Preview" aria-busy={measuring}>
      {message ? (
        <p className="plan-message" role="alert">
          {message}
        </p>
      ) : null}
      {plan && plan.faults.length > 0 ? <Needed needs={needsOf(plan)} tails={tails} onPlace={onPlace} /> : null}
      {plan ? (
        groups.length > 0 ? (
          <PlanList {...{ groups, tails, left, measuring, onTake, onPlace }} />
        ) : plan.faults.length === 0 ? (
          <p className="faults-none">These files declare no SLO.</p>
        ) : null
      ) : message ? null : (
        <p className="faults-none">Comparing with what is there …</p>
      )}
    </section>
  )
}
