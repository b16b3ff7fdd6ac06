import { Logo } from '@/components/frame/logo'
import { Link } from '@/components/ui/link'
import { useNow } from '@/components/ui/use-now'
import { PART_WORDS } from '@/lib/review/part'
import type { Snapshot } from '@/lib/review/snapshot'
import { type PartReading, readingOf, timerText } from '@/lib/review/timer'
import { fullDay } from '@/lib/review/words'
import type { Meeting } from './use-meeting'

type Props = { snapshot: Snapshot; meeting: Meeting }

/** Which meeting it is, and its clock: this item, the three parts, and the whole. */
export function MeetingHead({ snapshot, meeting: { live, ahead, step } }: Props) {
  const { cycle, items, timeZone, takenAt } = snapshot
  const now = Math.floor(useNow(live.now, 1) + ahead)
  const reading = readingOf(live.timer, items, live.step, now)
  const part = items[live.step]?.part ?? 'performance'
  const present = reading.parts.find((one) => one.part === part)
  const paused = live.timer.pausedAt !== null
  return (
    <header className="rv-head">
      <Link href="/review" className="rv-logo" aria-label="Leave the meeting">
        <Logo />
      </Link>
      <h1>{cycle.name}</h1>
      {present && present.left < 0 ? (
        <span className="rv-day rv-over-word" role="status">
          {PART_WORDS[part]} has had its {Math.round(present.length / 60)} minutes
        </span>
      ) : (
        <span className="rv-day">
          {fullDay(takenAt, timeZone)}, {timeZone}
        </span>
      )}
      <div className="rv-end" role="timer" aria-label="Clock of the meeting">
        {paused ? <b className="rv-paused">paused</b> : null}
        <Clock word="this item" seconds={reading.item} name="item" />
        <span className="rv-parts">
          {reading.parts.map((one) => (
            <Bar key={one.part} reading={one} present={one.part === part} />
          ))}
        </span>
        {present ? (
          <Clock word={PART_WORDS[part].toLowerCase()} seconds={present.left} name="part" over={present.left < 0} />
        ) : null}
        <Clock word="left" seconds={reading.left} name="left" over={reading.left < 0} />
        <span className="rv-count">
          {step + 1} of {items.length}
        </span>
      </div>
    </header>
  )
}

type ClockProps = { word: string; seconds: number; name: string; over?: boolean }
const Clock = ({ word, seconds, name, over = false }: ClockProps) => (
  <span className={`rv-clock ${over ? 'rv-over' : ''}`} data-clock={name}>
    <span>{word}</span> <b>{timerText(seconds)}</b>
  </span>
)

function Bar({ reading: { part, length, spent }, present }: { reading: PartReading; present: boolean }) {
  const share = Math.min(1, spent / length)
  return (
    <span
      className={`rv-bar ${present ? 'rv-bar-now' : ''}`}
      title={`${PART_WORDS[part]}: ${timerText(spent)} of ${timerText(length)}`}
    >
      <i style={{ width: `${share * 100}%` }} className={spent > length ? 'rv-bar-over' : ''} />
    </span>
  )
}
