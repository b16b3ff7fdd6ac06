type Props = {
  about: string[]
  load: string | null
  members: { service: string; slo: string }[]
  withMembers: boolean
  onWithMembers: (on: boolean) => void
}

/** Beside a file: where it goes, what it leaves out, and whose files it needs. */
export function TakeOutAbout({ about, load, members, withMembers, onWithMembers }: Props) {
  return (
    <aside className="out-about" aria-label="About the file">
      {load ? (
        <section className="panel">
          <h2>Load it</h2>
          <p>{load}</p>
        </section>
      ) : null}
      {members.length > 0 ? (
        <section className="panel">
          <h2>Made of other SLOs</h2>
          <p>It counts what its members count, so it needs theirs as well.</p>
          <ul>
            {members.map(({ service, slo }) => (
              <li key={`${service}/${slo}`}>
                {service}/{slo}
              </li>
            ))}
          </ul>
          <label className="check">
            <input type="checkbox" checked={withMembers} onChange={(event) => onWithMembers(event.target.checked)} />
            <span>
              With its members <span className="field-hint">switch it off where theirs are loaded already</span>
            </span>
          </label>
        </section>
      ) : null}
      {load ? (
        <section className="panel">
          <h2>Good to know</h2>
          {about.length === 0 ? (
            <p>Nothing is left out: everything that defines the SLO is in this file.</p>
          ) : (
            <ul>
              {about.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </section>
      ) : null}
    </aside>
  )
}
