import { EXIT } from './definitions'
import { systemWords } from './system-words'

/** What a shell says of a program that SIGPIPE has ended: 128 and the number of the signal. */
const SIGPIPE = 141

type Output = { write(text: string): unknown; on(event: 'error', listener: (error: Error & { code?: string }) => void): unknown }
type Ending = { exitCode?: number | string | null | undefined; exit(code: number | string): void }

/**
 * Ends at once, without a word, when nobody reads the output any more: `headroom lint slos/ | head -1`. A verdict that has been
 * reached stays the exit code, so that a reader who has seen enough does not turn wrong definitions into right ones, nor the other
 * way round. Before there is one it is that of SIGPIPE: nothing may take an answer that never came for a yes. Output that cannot be
 * written, on a disk that is full, is no verdict either.
 */
export function endWithReader(stdout: Output, stderr: Output, program: Ending): void {
  stdout.on('error', (error) => {
    if (error.code === 'EPIPE') return program.exit(program.exitCode ?? SIGPIPE)
    stderr.write(`The output cannot be written: ${systemWords(error)}.\n`)
    program.exit(EXIT.usage)
  })
  // What was to be said beside it is lost; the work is not.
  stderr.on('error', () => {})
}
