/** What is left above the line. */
export function Logo() {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true">
      <path d="M1 2.5h16" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <rect x="3" y="9" width="5" height="7" rx="1" fill="currentColor" />
      <rect x="10" y="9" width="5" height="4.5" rx="1" fill="currentColor" opacity="0.55" />
    </svg>
  )
}
