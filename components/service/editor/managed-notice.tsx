'use client'
import { useState } from 'react'
import { detachServiceNow } from '@/app/(portal)/services/actions'
import { Detach } from '@/components/slo-as-code/detach'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import type { ServiceStart } from '@/lib/service/reads-editor'
import { listText } from '@/lib/service/tier-recommendation'
import { takenAddress } from '@/lib/slo-as-code/taken-kind'

type Props = { slug: string; name: string; managed: NonNullable<ServiceStart['managed']> }

/** Says which fields files say, and where; whoever answers for objectives gives the service to people. */
export function ManagedNotice({ slug, name, managed: { owner, place, names, hasSlos, mayDetach } }: Props) {
  const [said, setSaid] = useState('')
  return (
    <Notice
      tone="info"
      action={
        <>
          {hasSlos ? <Link href={takenAddress('openslo', slug)}>Its YAML</Link> : null}
          {mayDetach ? (
            <Detach
              name={name}
              becomes={`It stays as it is, and people change all of it here from then on, whatever its files say, until the set ${owner} adopts it again. Its SLOs stay with their files.`}
              detach={() => detachServiceNow({ slug, owner })}
              onRefused={setSaid}
            />
          ) : null}
        </>
      }
    >
      Managed by Git (set {owner}). {whatText(place, names)} {said}
    </Notice>
  )
}

function whatText(place: string | null, names: string[]): string {
  if (place === null) return 'What its files say is known once they are applied again, and counts then: write it there.'
  if (names.length === 0) return 'Its files name it, and say no more of it: everything is changed here.'
  return `Change its ${listText(names)} in ${place}: the next apply brings ${names.length === 1 ? 'it' : 'them'} here. The rest is changed here.`
}
