import { createServer } from 'node:net'
import { Failure } from './failure'

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The port used last time when it is still free, so that addresses stay the same from start to start. */
export async function portLike(previous: number | undefined): Promise<number> {
  return previous !== undefined && (await isFree(previous, '127.0.0.1')) ? previous : freePort()
}

/** The port of the portal, from PORT. Refuses what is not a port, and one that is taken. */
export async function webPort(text: string | undefined, host: string): Promise<number> {
  const port = Number(text ?? 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Failure(`PORT=${text} is not a port: use a number from 1 to 65535, for example PORT=3001 npm start.`)
  if (!(await isFree(port, host)))
    throw new Failure(`Port ${port} is taken: stop what uses it, or choose another, for example PORT=${port + 1} npm start.`)
  return port
}
