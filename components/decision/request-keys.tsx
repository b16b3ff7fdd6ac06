'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { Link } from '@/components/ui/link'
import { useKeys, useKeysState } from '@/components/ui/use-keys'
import { RULES_ID } from './rules-panel'

type Props = { previous: number | null; next: number | null; decides: boolean; reviews: boolean }

/** [ and ] walk over what waits, e leads to the rules; the foot of the page says what else there is. */
export function RequestKeys({ previous, next, decides, reviews }: Props) {
  const router = useRouter()
  const { show } = useKeysState()
  const onKey = useCallback(
    ({ key }: KeyboardEvent) => {
      if (key === '[' && previous !== null) router.push(`/releases/${previous}`)
      if (key === ']' && next !== null) router.push(`/releases/${next}`)
      if (key === 'e') document.getElementById(RULES_ID)?.focus()
    },
    [router, previous, next],
  )
  useKeys(onKey)
  return (
    <footer className="keys">
      {reviews ? (
        <span>
          <kbd>a</kbd> approve
        </span>
      ) : null}
      {decides ? (
        <span>
          <kbd>r</kbd> refuse
        </span>
      ) : null}
      {reviews ? (
        <span>
          <kbd>c</kbd> conditions
        </span>
      ) : null}
      <span>
        <kbd>e</kbd> explain
      </span>
      <Step id={previous} sign="[" words="previous" />
      <Step id={next} sign="]" words="next request" />
      <button type="button" className="v-keys-all" onClick={show}>
        <kbd>?</kbd> all keys
      </button>
    </footer>
  )
}

const Step = ({ id, sign, words }: { id: number | null; sign: string; words: string }) =>
  id === null ? null : (
    <Link href={`/releases/${id}`} className="keys-step">
      <kbd>{sign}</kbd> {words}
    </Link>
  )
