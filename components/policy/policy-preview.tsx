import { StateWord } from '@/components/slo/state-badge'
import { Link } from '@/components/ui/link'
import type { PolicyPreviewAnswer } from '@/lib/api/budget-policy-paths'
import { instantText } from '@/lib/format-time'
import { type Days, heldText } from '@/lib/policy/held-words'
import { CHANGE_TYPE_WORDS } from '@/lib/release/vocabulary'
import { DecisionWord } from './decision-word'

type Group = PolicyPreviewAnswer['changed'][number]
type Compared = Group['releases'][number]
const SHOWN = 8
const unix = (at: string): number => Math.floor(Date.parse(at) / 1000)

/** The answer in a sentence, then each release that would have gone another way, then how long states would have held. */
export function PolicyPreview({ preview }: { preview: PolicyPreviewAnswer }) {
  const now = unix(preview.to)
  return (
    <div className="b-preview">
      <p className="b-answer" role="status">
        {preview.answer}
      </p>
      <p className="e-quiet">{preview.reach}</p>
      {preview.changed.map(({ title, releases }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <ul className="b-releases">
            {releases.slice(0, SHOWN).map((release) => (
              <ReleaseLine key={release.release} release={release} now={now} />
            ))}
            {releases.length > SHOWN ? <li className="e-quiet">and {releases.length - SHOWN} more</li> : null}
          </ul>
        </section>
      ))}
      {preview.held.length > 0 ? (
        <section aria-labelledby="held-title">
          <h3 id="held-title">Days in each state</h3>
          <ul className="b-held">
            {preview.held.map(({ slo, name, before, after }) => (
              <li key={slo}>
                <Link href={`/slos/${slo}`}>{name}</Link>{' '}
                <span>{heldText(before as Days, after as Days) ?? 'as many of each as now'}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {preview.notes.map((note) => (
        <p key={note} className="e-quiet">
          {note}
        </p>
      ))}
    </div>
  )
}

function ReleaseLine({ release, now }: { release: Compared; now: number }) {
  const { service, version, at, risk, changeType, assumed, before, after } = release
  return (
    <li>
      <span>
        <Link href={`/services/${service}`}>{service}</Link> <b>{version}</b>
      </span>
      <span className="b-turn">
        <DecisionWord decision={before.decision} /> → <DecisionWord decision={after.decision} />
      </span>
      <small>
        {instantText(unix(at), now)}, {assumed ? 'taken as ' : ''}
        {CHANGE_TYPE_WORDS[changeType]} of {risk} risk
        {after.freeze ? `; in ${after.freeze}` : ''}
        {after.freeze === null && after.state ? (
          <>
            ; <StateWord state={after.state} />
            {before.state && before.state !== after.state ? (
              <>
                {' '}
                instead of <StateWord state={before.state} />
              </>
            ) : null}
          </>
        ) : null}
      </small>
    </li>
  )
}
