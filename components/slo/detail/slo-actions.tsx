'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { refreshNow, verifyNow } from '@/app/(portal)/slos/[id]/actions'
import { Dialog } from '@/components/ui/dialog'
import { Icon } from '@/components/ui/icon'
import { clockText } from '@/lib/format-time'
import { VerifyResult } from './verify-result'

const WHY_NOT = 'Viewers cannot do this: it asks the source. Ask an engineer or an owner of the SLO.'
const LOST = 'The portal does not answer. Try again in a minute.'

type Props = { sloId: number; may: { refresh: boolean; verify: boolean } }

/** "Refresh now" evaluates at once; "Verify" sets the portal's number beside Prometheus's own. */
export function SloActions({ sloId, may }: Props) {
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const refresh = useMutation({
    mutationFn: () => refreshNow({ sloId }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['slos', sloId] }),
  })
  const verify = useMutation({ mutationFn: () => verifyNow({ sloId }) })
  const startVerify = () => {
    setOpen(true)
    verify.mutate()
  }
  return (
    <>
      <span className="d-outcome" role="status">
        {refresh.isError ? LOST : refresh.data ? refreshed(refresh.data) : ''}
      </span>
      <button
        type="button"
        className="btn"
        disabled={!may.refresh || refresh.isPending}
        title={may.refresh ? 'Measure and evaluate this SLO now' : WHY_NOT}
        onClick={() => refresh.mutate()}
      >
        <Icon name="refresh" />
        {refresh.isPending ? 'Refreshing …' : 'Refresh now'}
      </button>
      <button
        type="button"
        className="btn"
        disabled={!may.verify || verify.isPending}
        title={may.verify ? 'Compare with one PromQL query over the whole window' : WHY_NOT}
        onClick={startVerify}
      >
        <Icon name="scale" />
        Verify against Prometheus
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Verify against Prometheus">
        {verify.isPending ? <p role="status">Asking the source …</p> : null}
        {verify.isError ? <p role="alert">{LOST}</p> : null}
        {verify.data?.ok === false ? <p role="alert">{verify.data.message}</p> : null}
        {verify.data?.ok ? <VerifyResult result={verify.data.data} /> : null}
      </Dialog>
    </>
  )
}

function refreshed(result: Awaited<ReturnType<typeof refreshNow>>): string {
  if (!result.ok) return result.message
  return result.data.ok ? `Evaluated to ${clockText(result.data.at)}` : result.data.message
}
