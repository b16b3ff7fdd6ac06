import { type ReactNode, useId } from 'react'

export type FieldProps = {
  label: string
  hint?: ReactNode
  error?: string
  /** the control, given what ties it to its label, hint and error */
  children: (ids: { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined }) => ReactNode
  className?: string
}

/** A labelled control with its hint; an error takes the place of the hint. */
export function Field({ label, hint, error, children, className = '' }: FieldProps) {
  const id = useId()
  const note = `${id}-note`
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': error !== undefined, 'aria-describedby': error || hint ? note : undefined })}
      {error ? (
        <p id={note} className="field-error">
          {error}
        </p>
      ) : hint ? (
        <p id={note} className="field-hint">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
