'use server'
import { action } from '@/lib/action'
import { createWallLink, revokeWallLink } from '@/lib/wall/commands'
import { namedWallLinkSchema, newWallLinkSchema } from '@/lib/wall/schema'

export const createLinkNow = async (input: unknown) =>
  action(newWallLinkSchema, (actor, link) => createWallLink(actor, link))(input)
export const revokeLinkNow = async (input: unknown) =>
  action(namedWallLinkSchema, (actor, named) => revokeWallLink(actor, named))(input)
