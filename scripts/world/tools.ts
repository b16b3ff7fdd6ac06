import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export type Said = { code: number; output: string }
/** Runs a program to its end; never throws. */
export type Run = (command: string, args: string[], options?: { cwd?: string }) => Promise<Said>

export const run: Run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      ...options,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    child.on('error', (error) => resolve({ code: 127, output: String(error) }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Where a program lies on this search path, or null. */
export function onPath(name: string, path = process.env.PATH ?? ''): string | null {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, name)
    if (folder && isProgram(candidate)) return candidate
  }
  return null
}

export const isRoot = (): boolean => process.getuid?.() === 0

/** Unpacks a Debian package into a folder; needs no rights on the system. */
export async function unpackDebian(run: Run, name: string, folder: string): Promise<boolean> {
  if (!onPath('apt-get') || !onPath('dpkg-deb')) return false
  mkdirSync(folder, { recursive: true })
  const download = () =>
    run('sh', ['-c', `apt-get download ${name} && dpkg-deb -x ${name}_*.deb . && rm -f ${name}_*.deb`], { cwd: folder })
  if ((await download()).code === 0) return true
  // A fresh container knows no package lists yet.
  if (!isRoot() || (await run('apt-get', ['update', '-qq'])).code !== 0) return false
  return (await download()).code === 0
}

const MANAGERS: { command: string; args: string[] }[] = [
  { command: 'apt-get', args: ['install', '-y', '--no-install-recommends'] },
  { command: 'dnf', args: ['install', '-y'] },
  { command: 'zypper', args: ['--non-interactive', 'install'] },
  { command: 'pacman', args: ['-S', '--noconfirm'] },
  { command: 'apk', args: ['add'] },
]

/** Installs the first of these packages that the system's own package manager has; needs root or a sudo that asks nothing. */
export async function installPackage(run: Run, names: string[]): Promise<boolean> {
  const manager = MANAGERS.find(({ command }) => onPath(command))
  if (!manager) return false
  const sudo = isRoot() ? [] : ['sudo', '-n']
  for (const name of names) {
    const [command, ...args] = [...sudo, manager.command, ...manager.args, name]
    if (command && (await run(command, args)).code === 0) return true
  }
  return false
}

export async function brew(run: Run, name: string): Promise<boolean> {
  return onPath('brew') !== null && (await run('brew', ['install', name])).code === 0
}

/** Takes static programs out of a container image: they run without the container. */
export async function fromImage(run: Run, image: string, files: string[], folder: string): Promise<boolean> {
  const engine = ['docker', 'podman'].find((name) => onPath(name))
  if (!engine || process.platform !== 'linux') return false
  const created = await run(engine, ['create', image])
  const container = created.output.trim().split('\n').at(-1) ?? ''
  if (created.code !== 0) return false
  mkdirSync(folder, { recursive: true })
  for (const file of files) await run(engine, ['cp', `${container}:${file}`, folder])
  await run(engine, ['rm', '-f', container])
  return files.every((file) => existsSync(join(folder, file.split('/').at(-1) ?? '')))
}
