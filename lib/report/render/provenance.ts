import { floored } from '../../format'
import type { ServiceReport } from '../document'
import { clipped, html, type Part } from './markup'
import { CLIP, type Sheet, section } from './sheet'
import { counted, isPreview, monthYear, percent } from './words'

/** Window, coverage, exclusions, rounding, who built it and the hash: what somebody needs to check the rest. */
export function provenanceSection({ report, clock, link }: Sheet): Part {
  const { document, hash, builtAt, builtBy, revision, changes } = report
  const preview = isPreview(document)
  const scope = document.kind === 'service' ? document.service.slug : 'organisation'
  const facts: [string, Part][] = [
    [
      'Window',
      `${clock.at(document.period.from)} to ${clock.at(preview ? document.asOf : document.period.to)}, ${clock.zone}${preview ? '; the month still runs' : ''}`,
    ],
    ...(document.kind === 'service' ? serviceFacts(document) : []),
    [
      'Rounding',
      'good shares and budget left are rounded down, what is spent and what failed up; shares of causes add up to the shown sum',
    ],
    [
      'Revision',
      revision === 0
        ? 'none: a preview is kept nowhere'
        : `${revision}${revision > 1 ? `, because the month was corrected: ${clipped(changes.join('; '), CLIP.text)}` : ''}`,
    ],
    [
      'Built',
      `${clock.at(builtAt)}, by ${clipped(builtBy, CLIP.name)}${revision === 0 ? '' : '; the same document gives the same bytes'}`,
    ],
    ['Data hash', html`<code>sha256 ${hash}</code>`],
    [
      'More',
      html`${link(`/reports/${scope}/${document.month}`, `this report in Headroom`)}; its JSON and CSV have every figure unrounded`,
    ],
  ]
  return section(
    'How this was measured',
    html`<dl class="prov">${facts.map(([name, fact]) => html`<dt>${name}</dt><dd>${fact}</dd>`)}</dl>`,
  )
}

function serviceFacts({ objectives, corrections, month }: ServiceReport): [string, Part][] {
  const covered = objectives.filter(({ total }) => total > 0)
  const worst = covered.reduce<(typeof covered)[number] | null>(
    (low, one) => (low && low.coverage <= one.coverage ? low : one),
    null,
  )
  const exclusions = corrections.filter(({ kind }) => kind === 'exclusion').length
  return [
    ['Counting', 'sums of events or slices over the whole month; no share is the mean of shares'],
    [
      'Coverage',
      worst === null
        ? 'nothing was measured'
        : `${percent(floored(worst.coverage * 100, 2))} of minutes measured${worst.coverage < 1 && covered.length > 1 ? `, at the least covered objective (${clipped(worst.slo.name, CLIP.name)})` : ''}`,
    ],
    [
      'Exclusions',
      exclusions === 0 ? `none in ${monthYear(month)}` : `${counted(exclusions, 'exclusion')} applied, listed above`,
    ],
  ]
}
