'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { ScrollBox } from '@/components/ui/scroll-box'
import { PlanRow } from './plan-row'
import { canTake, type PlanGroup, type PlanSlo } from './plan-rows'
import { VirtualRows } from './virtual-rows'

type Props = {
  groups: PlanGroup[]
  tails: Map<string, string>
  left: Set<string>
  measuring: boolean
  onTake: (keys: string[], take: boolean) => void
  onPlace: (place: { file: string; line: number }) => void
}

type Row = { kind: 'group'; group: PlanGroup } | { kind: 'slo'; slo: PlanSlo }

const ESTIMATE = { group: 33, slo: 42 }

/** Every SLO of the files, by what would become of it; only those in view are drawn. */
export function PlanList({ groups, tails, left, measuring, onTake, onPlace }: Props) {
  const box = useRef<HTMLElement>(null)
  const take = useRef(onTake)
  take.current = onTake
  const takeOne = useMemo(() => (key: string, wanted: boolean) => take.current([key], wanted), [])
  const rows = useMemo(
    (): Row[] =>
      groups.flatMap((group): Row[] => [{ kind: 'group', group }, ...group.slos.map((slo): Row => ({ kind: 'slo', slo }))]),
    [groups],
  )
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (i) => ESTIMATE[rows[i]?.kind ?? 'slo'],
    overscan: 10,
    initialRect: { width: 800, height: 600 },
    getItemKey: (i) => {
      const row = rows[i]
      return row?.kind === 'slo' ? row.slo.key : `group ${row?.group.verb}`
    },
  })
  return (
    <ScrollBox ref={box} className="plan-box" label="SLOs of the files">
      <VirtualRows rows={rows} virtualizer={virtualizer}>
        {(row) =>
          row.kind === 'group' ? (
            <GroupHead group={row.group} left={left} onTake={onTake} />
          ) : (
            <PlanRow
              slo={row.slo}
              tail={tails.get(row.slo.place?.file ?? '')}
              taken={canTake(row.slo) && !left.has(row.slo.key)}
              measuring={measuring}
              onTake={takeOne}
              onPlace={onPlace}
            />
          )
        }
      </VirtualRows>
    </ScrollBox>
  )
}

function GroupHead({ group: { title, slos }, left, onTake }: { group: PlanGroup } & Pick<Props, 'left' | 'onTake'>) {
  const keys = slos.filter(canTake).map(({ key }) => key)
  const taken = keys.filter((key) => !left.has(key)).length
  return (
    <div className="plan-group">
      {keys.length > 0 ? (
        <input
          type="checkbox"
          aria-label={`Take all: ${title}`}
          checked={taken === keys.length}
          ref={(box) => {
            if (box) box.indeterminate = taken > 0 && taken < keys.length
          }}
          onChange={(event) => onTake(keys, event.target.checked)}
        />
      ) : (
        <span />
      )}
      <h3>
        {title} <span>{taken === keys.length ? slos.length : `${taken} of ${slos.length}`}</span>
      </h3>
      {keys.length > 0 ? <span className="plan-effect">budget left</span> : <span />}
      <span />
    </div>
  )
}
