import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from './failure'
import { commandOf } from './processes'

const MEGABYTE = 1024 ** 2
const NEEDED = { first: 1_000 * MEGABYTE, later: 100 * MEGABYTE }

export type Secrets = { nextAuthSecret: string; postgresPassword: string }
export type Ports = { postgres?: number; prometheus?: number; demo?: number; poller?: number }

/** Where a world keeps what it must not lose. One world at a time. */
export type DataDirectory = {
  path: string
  at: (...parts: string[]) => string
  secrets: Secrets
  ports: Ports
  remember: (ports: Ports) => void
  close: () => void
}

/** A sentence when the disk has too little room, else null. */
export const spaceProblem = (free: number, needed: number, path: string): string | null =>
  free >= needed
    ? null
    : `The disk is full: ${path} has ${Math.floor(free / MEGABYTE)} MB left and needs ${Math.ceil(needed / MEGABYTE)} MB. Free some space, or set HEADROOM_DATA to another disk.`

export function openDataDirectory(setting: string | undefined): DataDirectory {
  const path = resolve(setting || '.headroom')
  const first = !existsSync(join(path, 'secrets.json'))
  mkdirSync(path, { recursive: true })
  accessSync(path, constants.W_OK)
  const { bavail, bsize } = statfsSync(path)
  const full = spaceProblem(bavail * bsize, first ? NEEDED.first : NEEDED.later, path)
  if (full) throw new Failure(full)
  lock(join(path, 'lock'), path)
  const ports = read<Ports>(join(path, 'ports.json')) ?? {}
  return {
    path,
    at: (...parts) => join(path, ...parts),
    secrets: secretsIn(join(path, 'secrets.json')),
    ports,
    remember: (more) => writeFileSync(join(path, 'ports.json'), JSON.stringify(Object.assign(ports, more))),
    close: () => rmSync(join(path, 'lock'), { force: true }),
  }
}

function lock(file: string, path: string): void {
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (owner && owner !== process.pid && commandOf(owner).includes('world'))
    throw new Failure(
      `Headroom already runs on ${path} (process ${owner}): use that one, stop it with Ctrl-C, or set HEADROOM_DATA to another folder.`,
    )
  writeFileSync(file, String(process.pid))
}

function read<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null
}

function secretsIn(file: string): Secrets {
  const known = read<Secrets>(file)
  if (known) return known
  const made = { nextAuthSecret: randomBytes(32).toString('base64url'), postgresPassword: randomBytes(24).toString('base64url') }
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  chmodSync(file, 0o600)
  return made
}
