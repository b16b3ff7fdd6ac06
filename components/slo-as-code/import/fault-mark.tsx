import type { Fault } from '@/lib/slo-as-code/fault'

/** A disc with a cross, or a triangle: the shape alone tells an error from a warning. */
export const FAULT_SHAPES: Record<Fault['severity'], { body: string; sign: string }> = {
  error: { body: 'M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 0 0 8 .8Z', sign: 'm5.4 5.4 5.2 5.2M10.6 5.4l-5.2 5.2' },
  warning: { body: 'M8 1.4 15.3 14.4H.7Z', sign: 'M8 6.2v3.6M8 12.3v.1' },
}

export const FaultMark = ({ severity }: { severity: Fault['severity'] }) => (
  <svg className={`fault-mark fault-${severity}`} viewBox="0 0 16 16" aria-hidden="true">
    <path className="fault-body" d={FAULT_SHAPES[severity].body} />
    <path className="fault-sign" d={FAULT_SHAPES[severity].sign} />
  </svg>
)
