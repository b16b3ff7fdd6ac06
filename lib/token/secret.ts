import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits need no slow hash: nobody guesses them. */
export const newSecret = (): string => `hr_${randomBytes(32).toString('base64url')}`
/** Opens the wall and nothing else. It begins otherwise, so that neither is ever taken for the other. */
export const newWallSecret = (): string => `hw_${randomBytes(32).toString('base64url')}`
export const WALL_SECRET = /^hw_[\w-]{43}$/
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
/** Enough to recognise a token in a list, far too little to use it. */
export const prefixOf = (secret: string): string => secret.slice(0, 9)
