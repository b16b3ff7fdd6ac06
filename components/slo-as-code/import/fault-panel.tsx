import type { Fault } from '@/lib/slo-as-code/fault'
import { countsOf, faultsText } from './fault-counts'
import { FaultList } from './fault-list'

type Props = { faults: Fault[]; at: number | null; read: boolean; onOpen: (at: number) => void }

/** What is to be mended, over all files. Says by itself which one is looked at. */
export function FaultPanel({ faults, at, read, onOpen }: Props) {
  const looked = at === null ? undefined : faults[at]
  return (
    <section className="panel faults" aria-labelledby="faults-title">
      <h2 id="faults-title">
        Faults <span>{faultsText(countsOf(faults)) || (read ? 'none' : '')}</span>
      </h2>
      {faults.length > 0 ? (
        <FaultList faults={faults} at={at} onOpen={onOpen} />
      ) : read ? (
        <p className="faults-none">Everything can be read.</p>
      ) : null}
      <p role="status" className="sr-only">
        {looked ? `Fault ${(at ?? 0) + 1} of ${faults.length}, ${looked.file} line ${looked.line}: ${looked.reason}` : ''}
      </p>
    </section>
  )
}
