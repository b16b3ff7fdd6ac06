import type { ReactNode, Ref } from 'react'

type Props = { className: string; label: string; children: ReactNode; ref?: Ref<HTMLElement> }

/** A part of a page that scrolls by itself. */
export function ScrollBox({ className, label, children, ref }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
    <section ref={ref} className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
