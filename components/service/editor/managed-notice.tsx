'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { detachServiceNow } from '@/app/(portal)/services/actions'
import { Dialog } from '@/components/ui/dialog'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import type { ServiceStart } from '@/lib/service/reads-editor'
import { listText } from '@/lib/service/tier-recommendation'
import { takenAddress } from '@/lib/slo-as-code/taken-kind'

const LOST = 'The portal does not answer. Nothing was changed; try again in a minute.'

type Props = { slug: string; name: string; managed: NonNullable<ServiceStart['managed']> }

/** Says which fields files say, and where; whoever answers for objectives gives the service to people. */
export function ManagedNotice({ slug, name, managed: { owner, place, names, hasSlos, mayDetach } }: Props) {
  const router = useRouter()
  const [said, setSaid] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const detach = async () => {
    setBusy(true)
    const result = await detachServiceNow({ slug, owner }).catch(() => ({ ok: false as const, message: LOST }))
    setBusy(false)
    setAsked(false)
    if (result.ok) router.refresh()
    else setSaid(result.message)
  }
  return (
    <>
      <Notice
        tone="info"
        action={
          <>
            {hasSlos ? <Link href={takenAddress('openslo', slug)}>Its YAML</Link> : null}
            {mayDetach ? (
              <button type="button" onClick={() => setAsked(true)}>
                Detach from Git …
              </button>
            ) : null}
          </>
        }
      >
        Managed by Git (set {owner}). {whatText(place, names)} {said}
      </Notice>
      <Dialog open={asked} onOpenChange={setAsked} title={`Detach ${name}?`}>
        <div className="e-conflict">
          <p>
            It stays as it is, and people change all of it here from then on, whatever its files say, until the set {owner} adopts
            it again. Its SLOs stay with their files.
          </p>
          <div className="e-choices">
            <button type="button" className="btn" onClick={() => setAsked(false)}>
              Cancel
            </button>
            <button type="button" className="btn btn-primary" disabled={busy} onClick={detach}>
              Detach it
            </button>
          </div>
        </div>
      </Dialog>
    </>
  )
}

function whatText(place: string | null, names: string[]): string {
  if (place === null) return 'What its files say is known once they are applied again, and counts then: write it there.'
  if (names.length === 0) return 'Its files name it, and say no more of it: everything is changed here.'
  return `Change its ${listText(names)} in ${place}: the next apply brings ${names.length === 1 ? 'it' : 'them'} here. The rest is changed here.`
}
