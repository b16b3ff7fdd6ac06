'use server'
import { action } from '@/lib/action'
import { claim } from '@/lib/incident/commands-claim'
import { claimableBy } from '@/lib/ledger/reads-claimable'
import { claimableSchema, claimSchema } from '@/lib/ledger/schema'

export const claimNow = async (input: unknown) => action(claimSchema, (actor, asked) => claim(actor, asked))(input)
export const claimableNow = async (input: unknown) => action(claimableSchema, claimableBy)(input)
