'use client'
import { useRef, useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'
import { type Picture, pictureOf } from './picture'
import { copied, download, fileName, pngOf } from './save'

type Props = {
  /** of the chart: Budget left */
  name: string
  /** of what: the service and its SLO */
  of: string
  /** time range, unit, and as of when */
  note: string
  csv: () => string
  /** what happened meanwhile, a table of its own */
  events?: () => string
}

const TYPES = { png: 'image/png', svg: 'image/svg+xml', csv: 'text/csv;charset=utf-8' }
type Kind = keyof typeof TYPES
const WORDS: Record<Kind, string> = { png: 'PNG', svg: 'SVG', csv: 'data as CSV' }
const text = (words: string, type: string) => new Blob([words], { type })

/** Takes the chart that it stands in (the nearest `data-chart`, or what is `data-picture` in it) out of the page. */
export function ChartExport({ name, of, note, csv, events }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const [said, setSaid] = useState('')
  const picture = (): Picture => {
    const root = button.current?.closest<HTMLElement>('[data-chart]')
    if (!root) throw new Error('There is no chart around this menu.')
    return pictureOf(root.querySelector<HTMLElement>('[data-picture]') ?? root, { title: `${of}: ${name}`, subtitle: note })
  }
  const made: Record<Kind, () => Blob | Promise<Blob>> = {
    png: () => pngOf(picture()),
    svg: () => text(picture().svg, TYPES.svg),
    csv: () => text(csv(), TYPES.csv),
  }
  const save = async (kind: Kind, because = '') => {
    const file = `${fileName(of, name)}.${kind}`
    download(await made[kind](), file)
    setSaid(`${because}Saved as ${file}.`)
  }
  const copy = async (kind: Kind) => {
    const blob = await made[kind]()
    const items: Record<string, Blob> =
      kind === 'png' ? { [TYPES.png]: blob } : { 'text/plain': text(await blob.text(), 'text/plain') }
    if (kind === 'svg') items[TYPES.svg] = blob
    if (await copied(items)) return setSaid(`Copied: ${WORDS[kind]}.`)
    await save(kind, 'The browser does not let this page copy. ')
  }
  const run = (work: Promise<void>) =>
    void work.catch(() => setSaid('The picture could not be made. The data can be saved as CSV.'))
  return (
    <span className="chart-take" data-no-picture>
      <Menu
        end
        trigger={
          <button
            ref={button}
            type="button"
            className="btn btn-quiet btn-icon"
            aria-label={`Copy or save: ${name}`}
            title="Copy or save"
          >
            <Icon name="save" />
          </button>
        }
      >
        {(['png', 'svg', 'csv'] as const).map((kind) => (
          <MenuItem key={kind} onSelect={() => run(copy(kind))}>
            Copy {WORDS[kind]}
          </MenuItem>
        ))}
        <MenuLine />
        {(['png', 'svg', 'csv'] as const).map((kind) => (
          <MenuItem key={kind} onSelect={() => run(save(kind))}>
            Save {WORDS[kind]}
          </MenuItem>
        ))}
        {events ? (
          <MenuItem onSelect={() => download(text(events(), TYPES.csv), `${fileName(of, name)}-events.csv`)}>
            Save events as CSV
          </MenuItem>
        ) : null}
      </Menu>
      <span role="status">{said}</span>
    </span>
  )
}
