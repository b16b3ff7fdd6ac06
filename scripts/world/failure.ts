/** Something the person at the terminal can mend; its message is one sentence that says how. */
export class Failure extends Error {}

const DISK = 'The disk is full: free some space, then start again. Nothing that was stored is lost.'

/** The sentence for anything that went wrong. */
export function sentenceFor(error: unknown): string {
  if (error instanceof Failure) return error.message
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || /No space left on device/.test(String(error))) return DISK
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `${path ?? 'The data directory'} is not a folder: set HEADROOM_DATA to one, or move away what lies there.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `No right to write ${path ?? 'the data directory'}: make it yours (chown), or set HEADROOM_DATA to a folder where you may write.`
  return `${error instanceof Error ? error.message : String(error)}`
}
