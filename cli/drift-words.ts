import { styleText } from 'node:util'
import { goneText } from '../lib/drift/words'
import { oneLine } from '../lib/printable'

/** What was compared with what, and what came of it. */
export type Standing = 'in-step' | 'drift' | 'unknown'
/** `remedy`: what to do; empty where the sentences say it */
export type DriftItem = { key: string; state: string; sentences: string[]; remedy: string }
export type DriftPart = {
  /** "files ↔ Prometheus" */
  between: string
  /** which ones: an address, the name of a source or of a set of files */
  of: string
  standing: Standing
  sentence: string
  items: DriftItem[]
}

type LeftOver = { key: string; file: string; movedTo: string | null }

/** A group of ours that nobody wants any more. */
export const leftOver = ({ key, file, movedTo }: LeftOver, why = goneText(movedTo)): DriftItem => ({
  ...{ key, state: 'Left over', sentences: [`It is in ${file || 'a file that the source does not name'}: ${why}`] },
  remedy: `Take the group headroom/${key} out of ${file || 'its file'}.`,
})

/** Drift that is known is worse than what nobody knows. */
export const standingOf = (parts: { standing: Standing }[]): Standing =>
  (['drift', 'unknown'] as const).find((standing) => parts.some((part) => part.standing === standing)) ?? 'in-step'

const SIGNS: Record<Standing, string> = { 'in-step': '✓', drift: '✗', unknown: '?' }
const STYLES = { 'in-step': 'green', drift: 'red', unknown: 'yellow' } as const
const SHOWN = 3

const shownOf = ({ sentences }: DriftItem): string[] =>
  sentences.length > SHOWN ? [...sentences.slice(0, SHOWN), `And ${sentences.length - SHOWN} more.`] : sentences

export function driftText(parts: DriftPart[], colour: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text
  return parts
    .map(({ between, of, standing, sentence, items }) => {
      const head = paint(STYLES[standing], oneLine(`${SIGNS[standing]} ${between}${of ? ` (${of})` : ''}: ${sentence}`))
      const lines = items.flatMap((item) => [
        `  ${paint('bold', oneLine(item.key))}  ${item.state.toLowerCase()}`,
        ...shownOf(item).map((text) => `    ${oneLine(text)}`),
        ...(item.remedy ? [`    → ${oneLine(item.remedy)}`] : []),
      ])
      return [head, ...lines].join('\n')
    })
    .join('\n')
}

const cell = (text: string): string => oneLine(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')

export function driftMarkdown(parts: DriftPart[]): string {
  const sections = parts.map(({ between, of, standing, sentence, items }) => {
    const rows = items.map(
      (item) => `| ${cell(item.key)} | ${cell(item.state)} | ${shownOf(item).map(cell).join('<br>')} | ${cell(item.remedy)} |`,
    )
    const table = rows.length > 0 ? ['', '| SLO | State | What | What to do |', '| --- | --- | --- | --- |', ...rows] : []
    return [`**${SIGNS[standing]} ${between}${of ? ` (${cell(of)})` : ''}**: ${cell(sentence)}`, ...table].join('\n')
  })
  return ['### Drift', ...sections].join('\n\n')
}
