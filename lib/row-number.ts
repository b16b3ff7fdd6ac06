import { z } from 'zod'

/** The number of a row, as it comes in an address or a body: "The number of a cycle is a whole number." */
export const rowNumber = (what: string) =>
  z.coerce
    .number({ error: `The number of ${what} is a whole number.` })
    .int()
    .positive()
    .max(2_147_483_647)
