type Props = { message: string; conflict: boolean; onRead: () => void }

/** What was refused, beside what was pressed; when somebody was faster, the way to what they did. */
export const CommandMessage = ({ message, conflict, onRead }: Props) => (
  <div role="alert" className="v-message">
    {message ? <p>{message}</p> : null}
    {message && conflict ? (
      <button type="button" className="btn btn-sm" onClick={onRead}>
        Read it again
      </button>
    ) : null}
  </div>
)
