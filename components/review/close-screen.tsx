import { serviceOf } from '@/lib/review/minutes'
import { dueText } from '@/lib/review/words'
import { Checklist } from './checklist-panel'
import type { ScreenProps } from './screen-props'

/** The end: what was decided, what is to be done, what was checked; then the minutes are written. */
export function CloseScreen({ snapshot, live, may, asked, onTick, onClose }: ScreenProps) {
  const { checklist, services, items } = snapshot
  const open = checklist.length - live.ticks.length
  const about = (key: string): string => {
    const slug = serviceOf(snapshot, key)
    return services.find((one) => one.slug === slug)?.name ?? items.find((one) => one.key === key)?.title ?? ''
  }
  return (
    <>
      <div className="rv-title">
        <h2 className="rv-name">Close</h2>
        {may ? (
          <button type="button" className={`rv-close ${asked ? 'rv-close-now' : ''}`} onClick={onClose}>
            <kbd>Enter</kbd> {asked ? 'Close now: the minutes stand as they are' : 'Close and write the minutes'}
          </button>
        ) : null}
      </div>
      <p className="rv-say">
        {open === 0 ? (
          'Everything on the checklist is done.'
        ) : (
          <>
            <b>{open}</b> of {checklist.length} on the checklist {open === 1 ? 'is' : 'are'} open.
          </>
        )}{' '}
        {may ? 'Digits tick.' : ''}
      </p>
      <div className="rv-end-lists">
        <section>
          <h3>Checklist</h3>
          <Checklist snapshot={snapshot} live={live} may={may} onTick={onTick} />
        </section>
        <section>
          <h3>
            {live.decisions.length} {live.decisions.length === 1 ? 'decision' : 'decisions'}
          </h3>
          <ul className="rv-said">
            {live.decisions.map(({ id, text, item }) => (
              <li key={id}>
                {text} <em>{about(item)}</em>
              </li>
            ))}
          </ul>
          <h3>
            {live.actions.length} new {live.actions.length === 1 ? 'action' : 'actions'}
          </h3>
          <ul className="rv-said">
            {live.actions.map(({ id, title, owner, dueOn, item }) => (
              <li key={id}>
                {title}{' '}
                <em>
                  {[owner?.name ?? 'nobody', dueOn ? dueText(dueOn, live.now) : '', about(item)].filter(Boolean).join(', ')}
                </em>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  )
}
