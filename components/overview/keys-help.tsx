'use client'
import { Dialog } from '@/components/ui/dialog'

const KEYS: [string[], string][] = [
  [['j', '↓'], 'next SLO'],
  [['k', '↑'], 'previous SLO'],
  [['Enter'], 'open it'],
  [['/'], 'filter'],
  [['Esc'], 'leave the filter'],
  [['?'], 'show this'],
]

export function KeysHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys">
      <dl className="keys-list">
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
