import { createServer, type Socket } from 'node:net'

/** One message of the protocol: a letter, a length that counts itself, and the rest. */
function message(letter: string, ...parts: (Buffer | string)[]): Buffer {
  const rest = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  const length = Buffer.alloc(4)
  length.writeInt32BE(rest.length + 4)
  return Buffer.concat([Buffer.from(letter), length, rest])
}
const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 65_535)])

const READY = message('Z', 'I')
const TEXT_TYPE = 25

/** Lets everybody in and answers every question with the number of its version: enough to be a server that is too old. */
export async function oldPostgres(version: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const column = message(
    'T',
    int16(1),
    'version\0',
    int32(0),
    int16(0),
    int32(TEXT_TYPE),
    int16(-1 & 65_535),
    int32(-1),
    int16(0),
  )
  const row = message('D', int16(1), int32(version.length), version)
  const answer = Buffer.concat([column, row, message('C', 'SELECT 1\0'), READY])
  const serve = (socket: Socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), READY]))
      socket.on('data', (question) => question.toString('latin1').startsWith('Q') && socket.write(answer))
    })
    socket.on('error', () => socket.destroy())
  }
  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
