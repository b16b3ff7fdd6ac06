import { memo } from 'react'
import { AlertChip } from '@/components/slo/alert-chip'
import { BurnFigure } from '@/components/slo/burn-figure'
import { FindingMark } from '@/components/slo/finding-mark'
import { OutlookText } from '@/components/slo/outlook-text'
import { SignedBar } from '@/components/slo/signed-bar'
import { Sparkline } from '@/components/slo/sparkline'
import { StateWord } from '@/components/slo/state-badge'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { ageText, leftText, NONE, sliText, targetText } from '@/lib/format'
import type { Outlook } from '@/lib/slo/outlook'
import type { OverviewColumns } from '@/lib/slo/overview-rows'
import type { SloState } from '@/lib/slo/state'

type Props = { columns: OverviewColumns; row: number; index: number; now: number }

const LONG = [3_600, 21_600, 86_400, 259_200]

/** One SLO in a list. Plain data in, cells out. */
export const OverviewRow = memo(function OverviewRow({ columns, row, index, now }: Props) {
  const state = columns.state[row] as SloState
  const remaining = columns.remaining[row] ?? null
  const sli = columns.sli[row] ?? null
  const stale = columns.staleSince[row] ?? null
  const alert = columns.alert[row] ?? null
  const frozen = state === 'no-data'
  const outlook = columns.outlook[row] as Outlook | null
  const burns = [columns.burn1h, columns.burn6h, columns.burn24h, columns.pace]
  const burn = (i: 0 | 1 | 2 | 3) => (
    <BurnFigure
      burn={frozen ? null : (burns[i]?.[row] ?? null)}
      threshold={columns.thresholds[row]?.[i] ?? Number.POSITIVE_INFINITY}
      firing={columns.firing[row]?.includes(LONG[i] ?? 0) ?? false}
      severity={columns.severities[row]?.[i] ?? (i < 2 ? 'page' : 'ticket')}
    />
  )
  return (
    <tr className={`o-row ${frozen ? 'o-frozen' : ''}`} data-index={index}>
      <td className="c-state">
        <StateWord state={state} />
        {alert === 'page' ? <AlertChip severity="page" frozen={frozen} /> : null}
      </td>
      <td className="c-service">
        <Link href={`/services/${columns.serviceSlug[row]}`} tabIndex={-1}>
          {columns.service[row]}
        </Link>
      </td>
      <td className="c-name">
        <Link href={`/slos/${columns.id[row]}`} className="o-link">
          {columns.name[row]}
        </Link>
        {columns.window[row]?.endsWith(' d') ? null : <span className="tag tag-line">{columns.window[row]}</span>}
        <FindingMark words={columns.findings[row] ?? []} />
        {columns.gating[row] ? <span className="tag">gates</span> : null}
      </td>
      <td className="c-target">{unit(targetText(columns.target[row] ?? 0))}</td>
      <td className="c-sli">{sli === null ? NONE : unit(sliText(sli))}</td>
      <td className={`c-remaining ${remaining !== null && remaining < 0 ? 'o-over' : ''}`}>
        {remaining === null ? NONE : unit(leftText(remaining))}
      </td>
      <td className="c-bar">
        <SignedBar remaining={remaining} state={state} />
      </td>
      <td className="c-burn1h">{burn(0)}</td>
      <td className="c-burn6h">{burn(1)}</td>
      <td className="c-burn24h">{burn(2)}</td>
      <td className="c-pace">{burn(3)}</td>
      <td className="c-trend">
        <Sparkline points={columns.trend[row] ?? []} now={remaining} state={state} />
      </td>
      <td className="c-outlook">
        <OutlookText outlook={outlook} now={now} more />
      </td>
      <td className="c-owner">{columns.team[row]}</td>
      <td className={`c-age ${stale !== null ? 'o-stale' : ''}`}>
        {stale !== null ? <Icon name="clock" /> : null}
        {columns.lastDataTs[row] == null ? NONE : ageText(now - (columns.lastDataTs[row] as number))}
      </td>
    </tr>
  )
})

const unit = (figure: string) => (
  <>
    {figure}
    <span className="u">%</span>
  </>
)
