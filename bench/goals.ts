import type { AlertFigures } from './alerts'
import type { Baseline } from './baseline'
import type { CausesFigures } from './causes'
import type { CorrectionFigures } from './corrections'
import type { DefinitionFigures } from './definitions'
import type { GateFigures } from './gate'
import type { Ledger } from './ledger'
import { round } from './numbers'
import type { WebFigures } from './overview'
import type { ReportFigures } from './reports'
import type { RuleFigures } from './rules'

export type Figures = {
  baseline: Baseline
  /** the fleet of the baseline, in the Prometheus of the baseline */
  same: Ledger
  small: Ledger
  nothingShared: Ledger
  large: Ledger
  web: WebFigures
  corrections: CorrectionFigures
  causes: CausesFigures
  alerts: AlertFigures
  gate: GateFigures
  reports: ReportFigures
  definitions: DefinitionFigures
  rules: RuleFigures
}
export type Goal = { goal: string; value: string; met: boolean }

const FRACTION = 50
const DATABASE_MILLISECONDS = 1_000
const OVERVIEW_MILLISECONDS = 1_000
const CORRECTIONS_MILLISECONDS = 5_000
const CAUSES_MILLISECONDS = 100
const ALERTS_MILLISECONDS = 300
const GATE_MILLISECONDS = 50
const REPORT_SECONDS = 600
const STEP_MILLISECONDS = 2_000
const FILES_MILLISECONDS = 2_000
const RULES_SHARE = 1 / 3

export const queriesPerSlo = ({ queriesPerTick, slos }: Ledger): number => queriesPerTick / slos

const times = (goal: string, ours: number, baseline: number): Goal => ({
  goal: `${goal}: at most 1/${FRACTION} of one query per SLO and window`,
  value: `1/${Math.round(baseline / ours)}`,
  met: ours * FRACTION <= baseline,
})

const under = (goal: string, limit: number, milliseconds: number): Goal => ({
  goal: `${goal}: under ${limit} ms`,
  value: `${round(milliseconds, 1)} ms`,
  met: milliseconds < limit,
})

/** What was promised, what was measured, and whether that keeps it. A figure that is no number keeps nothing. */
export const goalsOf = ({
  baseline,
  same,
  small,
  nothingShared,
  large,
  web,
  corrections,
  causes,
  alerts,
  gate,
  reports,
  definitions,
  rules,
}: Figures): Goal[] => [
  times('queries per SLO and tick, 1,000 SLOs', queriesPerSlo(small), baseline.queriesPerSlo),
  times('the same, when no two SLOs share a query', queriesPerSlo(nothingShared), baseline.queriesPerSlo),
  times('CPU of Prometheus per SLO and tick, the same fleet', same.cpuSecondsPerSlo, baseline.cpuSecondsPerSlo),
  under('database part of a tick at 10,000 SLOs, p95', DATABASE_MILLISECONDS, large.databaseP95Milliseconds),
  under(`overview at 1,000 SLOs, ${web.clients} clients, p95`, OVERVIEW_MILLISECONDS, web.overviewP95),
  under('recomputing 90 days of 100 SLOs under a nightly exclusion', CORRECTIONS_MILLISECONDS, corrections.milliseconds),
  under('the ledger of one SLO over 90 days, p95', CAUSES_MILLISECONDS, causes.p95Milliseconds),
  under(
    `alerts of 10,000 SLOs, ${alerts.firing} firing, added to a tick`,
    ALERTS_MILLISECONDS,
    // The difference of two whole ticks is reported beside it; on a busy machine it is noise of its own size.
    alerts.spentMilliseconds,
  ),
  under(`the gate over HTTP at ${gate.slos} SLOs, ${gate.gating} of them gating, p95`, GATE_MILLISECONDS, gate.p95Milliseconds),
  {
    goal: `monthly reports of ${reports.services} services, ${reports.slos} SLOs: under ${REPORT_SECONDS} s`,
    value: `${reports.seconds} s`,
    met: reports.seconds < REPORT_SECONDS,
  },
  under(
    'the longest step of building them, which a tick may have to wait for',
    STEP_MILLISECONDS,
    reports.longestStepMilliseconds,
  ),
  under(`headroom lint of ${definitions.slos} SLOs, a whole process`, FILES_MILLISECONDS, definitions.lintMilliseconds),
  under(`headroom rules of ${definitions.slos} SLOs, reading them included`, FILES_MILLISECONDS, definitions.rulesMilliseconds),
  {
    goal: `engine time of the rules of ${rules.slos} SLOs: at most a third of the cheaper of Sloth's and Pyrra's shapes`,
    value: `${rules.ofTheCheaper}`,
    met: rules.ofTheCheaper <= RULES_SHARE,
  },
]
