/** What the system says when it cannot read or write, without its codes and the names of its calls. */
const WORDS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'there is no such file or folder',
  EEXIST: 'it is a file, not a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in circles',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EROFS: 'the disk can only be read',
  EIO: 'the disk does not answer',
  EBUSY: 'somebody else is using it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EAGAIN: 'nothing has come yet',
}

type SystemError = Error & { code: string; path?: string }

/** Not every error with a code comes from the system: those of Node say it in words of their own. */
export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'syscall' in error && typeof (error as { code?: unknown }).code === 'string'

/** Why, as the end of a sentence. */
export const systemWords = (error: unknown): string =>
  isSystemError(error) ? (WORDS[error.code] ?? `the system says ${error.code}`) : (error as Error).message.replace(/\.$/, '')

/** The whole sentence, for an error of a file that nobody has put into words before. */
export const systemSentence = (error: unknown): string =>
  isSystemError(error) && error.path !== undefined
    ? `${error.path} cannot be opened: ${systemWords(error)}.`
    : (error as Error).message
