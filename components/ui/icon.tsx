/** Line drawings on a grid of 16. They repeat what a word beside them says, or their button has a name. */
const PATHS = {
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4l3.1 3.1',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  screen: 'M2.5 3.5h11v7h-11zM6 13h4M8 10.5V13',
  help: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM6.2 6.2c.2-1.1 1-1.6 1.9-1.6 1.1 0 1.9.7 1.9 1.6 0 1.3-2 1.5-2 2.8M8 11.4v.1',
  bell: 'M4 11V7.2a4 4 0 0 1 8 0V11l1 1.2H3ZM6.8 14h2.4',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.8V8l2.2 1.4',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  layers: 'm8 2.2 5.8 3L8 8.2l-5.8-3ZM2.2 8.2 8 11.2l5.8-3M2.2 11 8 14l5.8-3',
  refresh: 'M13.2 6.2A5.5 5.5 0 0 0 3 5.6M2.8 2.8v3h3M2.8 9.8A5.5 5.5 0 0 0 13 10.4M13.2 13.2v-3h-3',
  check: 'm3 8.5 3.2 3.2L13 5',
  cross: 'm4 4 8 8M12 4l-8 8',
  scale: 'M8 2v12M4.5 14h7M3 4.5h10M3 4.5 1.4 9a2 2 0 0 0 3.2 0ZM13 4.5 11.4 9a2 2 0 0 0 3.2 0Z',
  leave: 'M6.5 2.5h-4v11h4M10 5l3 3-3 3M13 8H6',
  key: 'M10.5 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM8 8l-5.5 5.5M4.5 11.5l1.5 1.5',
  stamp: 'M5.5 8.5V5a2.5 2.5 0 0 1 5 0v3.5M3 8.5h10v3H3zM3 13.8h10',
  way: 'M3.5 11a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4ZM12.5 1.6a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4ZM5.2 12.7h5.3a2.4 2.4 0 0 0 0-4.8h-5a2.4 2.4 0 0 1 0-4.8h5.3',
  pulse: 'M1.5 8.5h3l2-5.5 3 10 2-4.5h3',
  eye: 'M1.5 8C3.2 5 5.4 3.6 8 3.6S12.8 5 14.5 8c-1.7 3-3.9 4.4-6.5 4.4S3.2 11 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  send: 'M14 2 7 9M14 2 9.6 14 7 9 2 6.4Z',
  tag: 'M2.5 2.5h5.2l5.8 5.8-5.2 5.2-5.8-5.8ZM5.2 5.2v.1',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  shield: 'm8 1.8 5 1.9v4c0 3.2-2.1 5.4-5 6.5-2.9-1.1-5-3.3-5-6.5v-4ZM5.8 7.9 7.4 9.5l3-3',
  plus: 'M8 3v10M3 8h10',
  grip: 'M6 4v.1M10 4v.1M6 8v.1M10 8v.1M6 12v.1M10 12v.1',
  rank: 'M2.5 3.5h11M2.5 8h7.5M2.5 12.5h4M12.5 7v6M10.7 11.2l1.8 1.8 1.8-1.8',
  quarter: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v2.5M10.5 2v2.5M5 9h1.5M9.5 9H11M5 11.3h1.5',
  page: 'M3.5 1.8h6l3 3v9.4h-9ZM6 7.5h4M6 10.7h4',
  people:
    'M5.6 3a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8ZM1.5 13.3c.3-2.5 1.9-3.9 4.1-3.9s3.8 1.4 4.1 3.9M10.7 3.2a2.3 2.3 0 0 1 0 4.4M12 9.7c1.5.5 2.3 1.7 2.5 3.6',
  save: 'M8 2.5v7.2M4.8 6.8 8 10l3.2-3.2M2.8 11v2.2h10.4V11',
  pillars: 'M2 5.8 8 2.2l6 3.6ZM3.8 8v4M8 8v4M12.2 8v4M2.2 13.8h11.6',
  drift: 'M2.5 5.5h11M2.5 10.5h11M10.5 2.5l-5 11',
  arrow: 'M3 8h10M9.5 4.5 13 8l-3.5 3.5',
} as const
export type IconName = keyof typeof PATHS

export function Icon({ name, className = 'ic' }: { name: IconName; className?: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
