import type { ChannelKind, Route } from './channel'
import type { ChannelInfo } from './schema'

/** A channel as a form holds it: texts and ticks. */
export type ChannelDraft = {
  name: string
  kind: ChannelKind
  to: string
  /** mail goes as well to the people whom a release or a waiver concerns */
  owners: boolean
  url: string
  secret: string
  routes: Route[]
}

const EVERYTHING: Route = { severities: [], tiers: [], teams: [] }

/** What the form begins with. Addresses of programs and secrets are not read out; empty, they stay as they are. */
export const draftOf = (channel: ChannelInfo | null): ChannelDraft => ({
  ...{ name: channel?.name ?? '', kind: channel?.kind ?? 'email', to: channel?.to.join('\n') ?? '', url: '', secret: '' },
  owners: channel?.owners ?? true,
  routes: channel?.routes ?? [EVERYTHING],
})

const addressesOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

/** Unparsed, for `newChannelSchema`. */
export function newChannelInput({ name, kind, to, owners, url, secret, routes }: ChannelDraft): Record<string, unknown> {
  const where = kind === 'email' ? { to: addressesOf(to), owners } : { url, ...(kind === 'webhook' && { secret }) }
  return { name, kind, routes, ...where }
}

/** Unparsed, for `channelChangeSchema`: what was left empty is left out. */
export function channelChangeInput(
  { name, kind, to, owners, url, secret, routes }: ChannelDraft,
  version: number,
): Record<string, unknown> {
  const where = kind === 'email' ? { to: addressesOf(to), owners } : { ...(url && { url }), ...(secret && { secret }) }
  return { version, name, routes, ...where }
}
