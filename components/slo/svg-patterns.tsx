/** Hatches that bars and charts share; once per page. */
export function SvgPatterns() {
  return (
    <svg width="0" height="0" className="absolute" aria-hidden="true">
      <defs>
        <pattern id="overspent" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" fill="var(--exhausted-tint)" />
          <rect width="2.4" height="4" fill="var(--exhausted-mark)" />
        </pattern>
        <pattern id="chart-excluded" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--inset)" fillOpacity="0.6" />
          <path d="M0 0v6" stroke="var(--text-3)" strokeWidth="1.4" />
        </pattern>
        <pattern id="chart-no-data" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect width="5" height="5" fill="var(--inset)" fillOpacity="0.6" />
          <circle cx="1.5" cy="1.5" r="0.9" fill="var(--text-3)" />
        </pattern>
        <pattern id="cause-dependency" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="2" fill="var(--ink)" />
        </pattern>
        <pattern id="cause-unexplained" width="4" height="4" patternUnits="userSpaceOnUse">
          <path d="M0 0h2v2H0zM2 2h2v2H2z" fill="var(--text-2)" />
        </pattern>
      </defs>
    </svg>
  )
}
