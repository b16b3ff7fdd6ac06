'use client'
import { useFormContext } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import type { ChannelKind } from '@/lib/notify/channel'
import type { ChannelDraft } from '@/lib/notify/draft'
import type { ChannelInfo } from '@/lib/notify/schema'

const EXAMPLES: Record<Exclude<ChannelKind, 'email'>, { label: string; example: string; hint: string }> = {
  slack: {
    label: 'Address of the incoming webhook',
    example: 'https://hooks.slack.com/services/…',
    hint: 'Of Slack, or of what speaks like it.',
  },
  webhook: { label: 'Address', example: 'https://hooks.example.org/headroom', hint: 'Notices arrive as JSON by POST.' },
  alertmanager: { label: 'Address of the Alertmanager', example: 'http://alertmanager:9093', hint: 'Its API of version 2.' },
}

/** The name of a channel, and whom or what it reaches. What is secret is never shown; empty, it stays as it is. */
export function TargetFields({ kind, channel }: { kind: ChannelKind; channel: ChannelInfo | null }) {
  const { register } = useFormContext<ChannelDraft>()
  const errorAt = useErrorAt()
  const words = kind === 'email' ? null : EXAMPLES[kind]
  return (
    <>
      <Field label="Name" error={errorAt('name')}>
        {(ids) => <input className="input" placeholder="Payments on call" {...ids} {...register('name')} />}
      </Field>
      {words ? (
        <Field
          label={words.label}
          error={errorAt('url')}
          hint={channel ? `Leave it empty to keep ${channel.address}` : words.hint}
        >
          {(ids) => <input className="input" type="url" placeholder={words.example} {...ids} {...register('url')} />}
        </Field>
      ) : (
        <>
          <Field label="Addresses" error={errorAt('to')} hint="One a line.">
            {(ids) => <textarea className="input c-reason" rows={2} placeholder="ops@example.org" {...ids} {...register('to')} />}
          </Field>
          <label className="check">
            <input type="checkbox" {...register('owners')} />
            <span>Also write to the people whom a release or a waiver concerns</span>
          </label>
        </>
      )}
      {kind === 'webhook' ? (
        <Field
          label="Secret"
          error={errorAt('secret')}
          hint={
            channel?.signed
              ? 'One is set. Leave it empty to keep it.'
              : 'Signs every notice: X-Headroom-Signature. At least 16 characters; it is never shown again.'
          }
        >
          {(ids) => <input className="input mono" type="password" autoComplete="new-password" {...ids} {...register('secret')} />}
        </Field>
      ) : null}
    </>
  )
}
