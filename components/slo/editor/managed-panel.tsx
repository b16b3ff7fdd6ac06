'use client'
import { useState } from 'react'
import { detachNow } from '@/app/(portal)/slos/[id]/edit/actions'
import { CodeBlock } from '@/components/slo-as-code/code-block'
import { Detach } from '@/components/slo-as-code/detach'
import { Notice } from '@/components/ui/notice'
import { whenText } from '@/lib/format-time'
import type { Format } from '@/lib/slo-as-code/declared'
import { FORMAT_WORDS } from '@/lib/slo-as-code/import-schema'
import type { ManagedSlo } from '@/lib/slo-as-code/reads-managed'
import type { UnixSeconds } from '@/lib/time-series/units'

/** What stands in the place of the form where files say what an SLO is. */
export function ManagedPanel({ slo, now }: { slo: ManagedSlo; now: UnixSeconds }) {
  const { id, name, managed, yaml, mayDetach } = slo
  const { owner, file, line, format, repository, revision, appliedAt, appliedBy } = managed
  const written = FORMAT_WORDS[format as Format] ?? format
  const [said, setSaid] = useState('')
  const copy = async () => {
    const copied = await navigator.clipboard
      ?.writeText(yaml)
      .then(() => true)
      .catch(() => false)
    setSaid(copied ? 'Copied as OpenSLO.' : 'The browser does not let this page copy. Select the text and copy it yourself.')
  }
  return (
    <section className="panel d-panel e-managed" aria-labelledby="managed-title">
      <header className="d-panel-head">
        <h2 id="managed-title">Managed by Git</h2>
        <span>
          set {owner}, {file}:{line}, {written}
        </span>
        <button type="button" className="btn btn-sm" onClick={copy}>
          Copy as OpenSLO
        </button>
      </header>
      <Notice tone="info" action={repository ? <a href={repository}>Open the repository</a> : null}>
        Change it in {file}, line {line} ({written}): the next apply brings it here, with what it does to the budget in the plan.
        Last applied {whenText(appliedAt, now)} by {appliedBy}
        {revision ? `, revision ${revision.slice(0, 12)}` : ''}.
      </Notice>
      <div className="e-definition">
        <h3>The definition as OpenSLO</h3>
        <p>
          {format === 'openslo'
            ? 'As the portal writes it: the file may say the same in other words.'
            : `The file is in the format of ${written}. This is the same definition as OpenSLO: do not paste it into that file.`}
        </p>
        <CodeBlock text={yaml} label={`${name} as OpenSLO`} />
      </div>
      <div className="e-choices">
        <p role="status">{said}</p>
        {mayDetach ? (
          <Detach
            name={name}
            becomes={`It stays as it is, and people change it here from then on. While ${file} still declares it, applying the set ${owner} is refused, unless it adopts the SLO again.`}
            detach={() => detachNow({ sloId: id, owner })}
            onRefused={setSaid}
            className="btn"
          />
        ) : null}
      </div>
    </section>
  )
}
