'use server'
import { openAction } from '@/lib/action'
import { createFirstAdministrator } from '@/lib/auth/commands'
import { firstAdministratorSchema } from '@/lib/auth/schema'

export const createAdministrator = async (input: unknown) =>
  openAction(firstAdministratorSchema, (fields) => createFirstAdministrator(fields))(input)
