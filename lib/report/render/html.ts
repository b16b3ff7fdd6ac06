import type { OrganisationReport, Report, ServiceReport } from '../document'
import { budgetSection } from './budget'
import { correctionsSection } from './corrections'
import { daysSection } from './days'
import { definitionsSection, wordList } from './definitions'
import { footOf, headSection, titleOf } from './head'
import { incidentsSection } from './incidents'
import { latencySection } from './latency'
import { html, type Part } from './markup'
import { monthsSection } from './months'
import { objectivesSection } from './objectives'
import { servicesSection, tiersSection, totalsSection, yearSection } from './organisation'
import { provenanceSection } from './provenance'
import { recommendationsSection } from './recommendations'
import { releasesSection } from './releases'
import { SPRITE } from './shapes'
import { type Sheet, section, sheetOf } from './sheet'
import { styles } from './styles'

/**
 * A report as one file that needs nothing else: no script, no fonts, no pictures from anywhere. A function of the record alone:
 * no clock, no locale, no environment, so the same record is the same bytes everywhere.
 */
export function renderHtml(report: Report): string {
  const sheet = sheetOf(report)
  const { document } = report
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${titleOf(report)}</title>
<style>
${styles(footOf(report))}
</style>
</head>
<body>
${SPRITE}
<main class="sheet">
${headSection(sheet)}
${document.kind === 'service' ? serviceSections(sheet, document) : organisationSections(sheet, document)}${provenanceSection(sheet)}
</main>
</body>
</html>
`.text
}

const serviceSections = (sheet: Sheet, document: ServiceReport): Part => [
  objectivesSection(sheet, document),
  daysSection(sheet, document),
  monthsSection(sheet, document),
  budgetSection(sheet, document),
  incidentsSection(sheet, document.incidents, document.objectives),
  latencySection(sheet, document),
  recommendationsSection(sheet, document.recommendations),
  releasesSection(sheet, document),
  correctionsSection(sheet, document),
  definitionsSection(sheet, document),
]

const organisationSections = (sheet: Sheet, document: OrganisationReport): Part => [
  totalsSection(document),
  tiersSection(document),
  yearSection(document),
  recommendationsSection(sheet, document.recommendations),
  incidentsSection(sheet, document.incidents),
  servicesSection(sheet, document),
  section('Words', wordList()),
]
