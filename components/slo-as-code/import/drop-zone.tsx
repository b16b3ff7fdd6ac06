'use client'
import { Icon } from '@/components/ui/icon'
import { FileChoice } from './file-choice'
import type { Brought } from './taken-files'

const FORMATS = [
  { name: 'OpenSLO', says: 'v1, all kinds; v1alpha and v2alpha with a warning' },
  { name: 'Sloth', says: 'prometheus/v1 and PrometheusServiceLevel' },
  { name: 'Pyrra', says: 'ServiceLevelObjective' },
  { name: 'slo.dev', says: 'v1' },
  { name: 'slo-generator', says: 'its Prometheus methods' },
]

type Props = { over: boolean; ready: boolean; onBrought: (brought: Promise<Brought>) => void; onPaste: () => void }

/** Nothing is here yet: what may come, and every way to bring it. */
export function DropZone({ over, ready, onBrought, onPaste }: Props) {
  return (
    <FileChoice onBrought={onBrought}>
      {(choose) => (
        <section className={`drop${over ? ' drop-over' : ''}`} aria-labelledby="drop-title">
          <button type="button" className="drop-button" disabled={!ready} onClick={choose.files}>
            <Icon name="save" className="drop-icon" />
            <span id="drop-title" className="drop-title">
              {over ? 'Let go: they are read, nothing is saved' : 'Drop files or a folder, or choose files'}
            </span>
            <span className="drop-note">They are read and checked. Nothing is saved before you have seen what it would do.</span>
          </button>
          <p className="drop-ways">
            <button type="button" className="btn" disabled={!ready} onClick={choose.folder}>
              Choose a folder
            </button>
            <button type="button" className="btn" disabled={!ready} onClick={onPaste}>
              Paste or write YAML
            </button>
          </p>
          <dl className="drop-formats">
            {FORMATS.map(({ name, says }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{says}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </FileChoice>
  )
}
