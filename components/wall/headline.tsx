import { Icon } from '@/components/ui/icon'
import type { WallView } from '@/lib/wall/schema'
import { sinceText } from '@/lib/wall/words'

type Props = { text: string; next: WallView['next']; now: number; trouble: string | undefined }

/** What is gone or critical, and what ends next; before both, that this screen knows nothing new. */
export function Headline({ text, next, now, trouble }: Props) {
  if (trouble !== undefined)
    return (
      <span className="w-trouble">
        <Icon name="clock" />
        <span>
          <b>{trouble}</b> <span className="w-before">Before: {text.toLowerCase()}.</span>
        </span>
      </span>
    )
  return (
    <>
      <b>{text}.</b>{' '}
      {next ? (
        <span>
          Next to end: {next.service}, <b>{sinceText(next.at, now)}</b>.
        </span>
      ) : null}
    </>
  )
}
