import { Fragment } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { PLACES } from './places'

const KEYS: { where: string; keys: [string[], string][] }[] = [
  {
    where: 'Everywhere',
    keys: [...PLACES.map(({ key, name }): [string[], string] => [['g', key], name]), [['?'], 'show this']],
  },
  {
    where: 'In the overview',
    keys: [
      [['j', '↓'], 'next SLO'],
      [['k', '↑'], 'previous SLO'],
      [['Enter'], 'open it'],
      [['/'], 'filter'],
      [['Esc'], 'leave the filter'],
    ],
  },
  {
    where: 'On an SLO',
    keys: [
      [['[', ']'], 'previous, next SLO'],
      [['t'], 'time range'],
      [['e'], 'explain'],
      [['w'], 'what if'],
    ],
  },
  {
    where: 'Among release requests',
    keys: [
      [['j', 'k'], 'next, previous request'],
      [['Enter'], 'open it'],
      [['n'], 'ask for a release'],
    ],
  },
  {
    where: 'On a release request',
    keys: [
      [['a'], 'approve with what is ticked'],
      [['r'], 'refuse'],
      [['c'], 'conditions'],
      [['e'], 'explain: the rules'],
      [['[', ']'], 'previous, next request that waits'],
    ],
  },
  {
    where: 'In a review',
    keys: [
      [['←', '→'], 'previous, next item, for everybody'],
      [['d'], 'write a decision'],
      [['a'], 'write an action'],
      [['c'], 'checklist; 1 to 9 tick'],
      [['e'], 'explain'],
      [['p'], 'pause the clock, go on'],
      [['+'], 'one minute more'],
      [['f'], 'look around, follow again'],
      [['Enter'], 'at the end: close'],
      [['Esc'], 'leave'],
    ],
  },
  {
    where: 'On an incident',
    keys: [
      [['a'], 'acknowledge'],
      [['m'], 'mitigated'],
      [['r'], 'resolve'],
      [['n'], 'write a note'],
    ],
  },
]

type Props = {
  first: string | undefined
  open: boolean
  on: boolean
  onOpenChange: (open: boolean) => void
  onSwitch: (on: boolean) => void
}

export function KeysHelp({ first, open, on, onOpenChange, onSwitch }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys">
      {[...KEYS]
        .sort((a, b) => Number(b.where === first) - Number(a.where === first))
        .map(({ where, keys }) => (
          <Fragment key={where}>
            <h3 className="keys-where">{where}</h3>
            <dl className="keys-list">
              {keys.map(([names, meaning]) => (
                <div key={meaning}>
                  <dt>
                    {names.map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </Fragment>
        ))}
      <label className="check keys-switch">
        <input type="checkbox" checked={on} onChange={(event) => onSwitch(event.target.checked)} />
        <span>
          Single keys are on <span className="field-hint">off: for speech input, or where they are pressed by accident</span>
        </span>
      </label>
    </Dialog>
  )
}
