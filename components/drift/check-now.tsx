'use client'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { checkNow } from '@/app/(portal)/drift/actions'
import { Icon } from '@/components/ui/icon'

type Props = { may: boolean; why: string }

/** Asks all sources at once, for whoever has just loaded rules and does not want to wait. */
export function CheckNow({ may, why }: Props) {
  const router = useRouter()
  const [said, setSaid] = useState('')
  const [pending, start] = useTransition()
  const check = () =>
    start(async () => {
      const result = await checkNow({ source: null }).catch(() => null)
      setSaid(
        !result ? 'The portal does not answer. Try again in a minute.' : result.ok ? told(result.data.asked) : result.message,
      )
      router.refresh()
    })
  return (
    <span className="dr-check">
      <span role="status">{said}</span>
      <button
        type="button"
        className="btn"
        disabled={!may || pending}
        title={may ? 'Ask every source which rules it has loaded' : why}
        onClick={check}
      >
        <Icon name="refresh" />
        {pending ? 'Asking …' : 'Check now'}
      </button>
    </span>
  )
}

const told = (asked: number): string => (asked === 0 ? 'Asked seconds ago.' : 'Asked just now.')
