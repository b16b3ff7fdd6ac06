'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { restoreNow } from '@/app/(portal)/slos/actions'
import { Dialog } from '@/components/ui/dialog'
import { Link } from '@/components/ui/link'
import { leftText } from '@/lib/format'
import { whenText } from '@/lib/format-time'
import { changesBetween } from '@/lib/slo/definition-diff'
import type { SloDefinitionRecord } from '@/lib/slo/definition-input'
import type { SloVersionInfo } from '@/lib/slo/reads-versions'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { sloId: number; current: number; versions: SloVersionInfo[]; may: boolean; now: UnixSeconds }

/** Who changed what and when, and what it did to the budget. Any version can be compared with the one in force, or restored. */
export function VersionList({ sloId, current, versions, may, now }: Props) {
  const router = useRouter()
  const [compared, setCompared] = useState<number | null>(null)
  const [message, setMessage] = useState('')
  const inForce = versions.find(({ version }) => version === current)
  const other = versions.find(({ version }) => version === compared)
  const restore = async (version: number) => {
    const result = await restoreNow({ id: sloId, version: current, restore: version })
    if (result.ok && result.data.kind === 'saved') {
      setMessage(`Version ${version} is in force again, as version ${result.data.version}.`)
      setCompared(null)
      return router.refresh()
    }
    setMessage(result.ok ? 'Somebody saved meanwhile. Look again, then restore.' : result.message)
  }
  return (
    <div className="versions">
      <p role="status" className="versions-message">
        {message}
      </p>
      <table className="s-table">
        <caption className="sr-only">Versions</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">What changed</th>
            <th scope="col">Budget left then</th>
            <th scope="col">Who, when</th>
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, author, from, changes, effect }) => (
            <tr key={version}>
              <th scope="row">
                v{version} {version === current ? <span className="tag">in force</span> : null}
              </th>
              <td>
                {changes.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </td>
              <td>
                {effect && effect.before !== null && effect.after !== null
                  ? `${leftText(effect.before)} % → ${leftText(effect.after)} %`
                  : ''}
              </td>
              <td>
                {author}, {whenText(from, now)}
              </td>
              <td className="versions-do">
                {version === current ? null : (
                  <button type="button" className="btn btn-quiet btn-sm" onClick={() => setCompared(version)}>
                    Compare<span className="sr-only"> version {version}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Dialog
        open={other !== undefined}
        onOpenChange={(open) => (open ? undefined : setCompared(null))}
        title={`From version ${compared} to version ${current}, in force`}
      >
        {other && inForce ? (
          <div className="e-conflict">
            <Differences from={other} to={inForce} />
            {may ? (
              <div className="e-choices">
                <Link className="btn" href={`/slos/${sloId}/edit?version=${other.version}`}>
                  Edit from version {other.version}
                </Link>
                <button type="button" className="btn btn-primary" onClick={() => restore(other.version)}>
                  Restore version {other.version}
                </button>
              </div>
            ) : null}
          </div>
        ) : null}
      </Dialog>
    </div>
  )
}

function Differences({ from, to }: { from: SloVersionInfo; to: SloVersionInfo }) {
  const lines = changesBetween(from.definition, to.definition as SloDefinitionRecord)
  if (lines.length === 0) return <p>They say the same.</p>
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
