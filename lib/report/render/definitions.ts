import { countText, targetText } from '../../format'
import type { ObjectiveMonth, ServiceReport } from '../document'
import { clipped, html, joined, type Part } from './markup'
import { CLIP, leftOut, MOST, type Sheet, section } from './sheet'
import { percent } from './words'

const WORDS: [string, string][] = [
  ['Objective', 'what is promised about a service: which share of what it does is good, over a month'],
  [
    'Target',
    'the share that has to be good; a month is judged by the target in force at the time, weighted by time if it changed',
  ],
  ['Budget', 'what may fail without missing the target: 99.90 % of a million allows a thousand failures'],
  ['Consumed', 'failures divided by what was allowed; 100 % is the whole budget, more is spent beyond it'],
  ['Met', 'at least the target; where too little was measured or happened, nobody can say, and nobody does'],
]

/** What each objective counts, and what the words of a report mean. */
export function definitionsSection(sheet: Sheet, { objectives }: ServiceReport): Part {
  const shown = objectives.slice(0, MOST.pictures)
  return section(
    'Definitions',
    shown.length > 0 && html`<ul class="defs">${shown.map((objective) => definition(sheet, objective))}</ul>`,
    leftOut(shown.length, objectives.length, 'definitions'),
    wordList(),
  )
}

export const wordList = (): Part =>
  html`<h3 class="vh">Words</h3><dl class="prov">${WORDS.map(([word, meaning]) => html`<dt>${word}</dt><dd>${meaning}</dd>`)}</dl>`

function definition({ clock }: Sheet, { slo, versions, targets, good, total, unit }: ObjectiveMonth): Part {
  const queries = slo.queries.slice(0, MOST.queries)
  const changed = versions.filter(({ changes }) => changes.length > 0)
  return html`<li><h3>${clipped(slo.name, CLIP.name)}</h3><p class="dim">${clipped(slo.sentence, CLIP.text)}</p>${queries.map(({ name, text }) => html`<pre><span class="dim">${clipped(name, CLIP.name)}</span> <code>${clipped(text, CLIP.query)}</code></pre>`)}${
    slo.queries.length > queries.length &&
    html`<p class="s">and ${String(slo.queries.length - queries.length)} more, in the JSON</p>`
  }<p class="s">${total > 0 && `${countText(good)} good of ${countText(total)} ${unit}. `}${versionsText(versions, clock.at)}${
    targets.length > 1 &&
    `; target ${joined(
      targets.map(({ target, from }, i) =>
        i === 0 ? percent(targetText(target)) : `${percent(targetText(target))} from ${clock.at(from)}`,
      ),
      ', ',
    ).join('')}`
  }</p>${changed.map(({ version, changes }) => html`<p class="s">Version ${version}: ${clipped(changes.join('; '), CLIP.text)}</p>`)}</li>
`
}

export function versionsText(versions: ObjectiveMonth['versions'], at: (instant: number) => string): string {
  const [first, ...later] = versions
  if (!first) return 'version not known'
  return `Version ${first.version}${later.length === 0 ? ', all month' : ''}${later.map(({ version, from }) => `, version ${version} from ${at(from)}`).join('')}`
}
