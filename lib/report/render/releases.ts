import type { ServiceReport } from '../document'
import { clipped, html, joined, type Part } from './markup'
import { CLIP, leftOut, MOST, type Sheet, section, wide } from './sheet'
import { counted, percent, tenthsOf, tenthsText } from './words'

/** What went out, and what it cost within a day. */
export function releasesSection(sheet: Sheet, { releases, decisions }: ServiceReport): Part {
  const asked = decisionsText(decisions)
  if (releases.length === 0) return section('Releases', html`<p class="cap">None went out.${asked !== '' && ` ${asked}`}</p>`)
  const shown = releases.slice(0, MOST.releases)
  return section(
    'Releases and what they cost',
    html`<p class="cap">The cost is what failed within a day above the ratio before, as a share of the budget it hurt most.${asked !== '' && ` ${asked}`}</p>`,
    wide(
      'Releases',
      html`<table><thead><tr><th scope="col">Release</th><th scope="col">When, ${sheet.clock.zone}</th><th scope="col">Risk</th><th scope="col">Decision</th><th scope="col" class="num">Cost</th></tr></thead><tbody>
${shown.map(
  ({
    version,
    at,
    risk,
    decision,
    cost,
  }) => html`<tr><th scope="row">${clipped(version, CLIP.name)}</th><td class="dim">${sheet.clock.at(at)}</td><td>${risk ?? html`<span class="dim">not stated</span>`}</td><td>${decision ?? html`<span class="dim">not asked</span>`}</td><td class="num">${cost === null ? html`<span class="dim">not measured</span>` : html`${percent(tenthsText(tenthsOf(Math.max(0, cost.share))))}<span class="s">${clipped(cost.name, 40)}</span>`}</td></tr>
`,
)}</tbody></table>`,
    ),
    leftOut(shown.length, releases.length, 'releases'),
  )
}

/** "7 requests were decided: 5 approve, 2 block." */
export function decisionsText(decisions: Record<string, number>): string {
  const known = Object.entries(decisions).filter(([, count]) => count > 0)
  if (known.length === 0) return ''
  const all = known.reduce((sum, [, count]) => sum + count, 0)
  return `${counted(all, 'request')} ${all === 1 ? 'was' : 'were'} decided: ${joined(
    known.map(([decision, count]) => `${count} ${decision}`),
    ', ',
  ).join('')}.`
}
