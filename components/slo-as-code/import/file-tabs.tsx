import { useEffect, useRef } from 'react'
import type { Fault } from '@/lib/slo-as-code/fault'
import { countsOf, faultsText } from './fault-counts'
import { FaultMark } from './fault-mark'
import type { ImportFile } from './import-file'

type Props = {
  files: ImportFile[]
  faults: Map<string, Fault[]>
  active: string
  onOpen: (name: string) => void
}

/** The files, each with how many faults it has. */
export function FileTabs({ files, faults, active, onOpen }: Props) {
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tab grows by the counts of its faults
  useEffect(() => {
    const tab = nav.current?.querySelector(`[data-file="${CSS.escape(active)}"]`)
    if (nav.current && tab) intoView(nav.current, tab)
  }, [active, faults])
  return (
    <nav ref={nav} className="files" aria-label="Files">
      <ul>
        {files.map(({ name }) => {
          const counts = countsOf(faults.get(name) ?? [])
          const words = faultsText(counts)
          return (
            <li key={name}>
              <button
                type="button"
                data-file={name}
                aria-current={name === active ? 'true' : undefined}
                title={words ? `${name}: ${words}` : name}
                onClick={() => onOpen(name)}
              >
                <span className="files-name">{name}</span>
                {(['error', 'warning'] as const).map((severity) =>
                  counts[severity] > 0 ? (
                    <span key={severity} className={`files-count fault-${severity}`}>
                      <FaultMark severity={severity} />
                      {counts[severity]}
                      <span className="sr-only"> {severity === 'error' ? 'errors' : 'warnings'}</span>
                    </span>
                  ) : null,
                )}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** Sideways only: the page itself stays where it is. */
function intoView(box: Element, one: Element): void {
  const [outer, inner] = [box.getBoundingClientRect(), one.getBoundingClientRect()]
  if (inner.left < outer.left) box.scrollLeft -= outer.left - inner.left
  else if (inner.right > outer.right) box.scrollLeft += inner.right - outer.right
}
