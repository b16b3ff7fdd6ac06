import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './ports'

// Worlds of tests: started as people start them, and looked at from outside.

export type Runtime = { databaseUrl: string; address: string; prometheusUrl: string; pid: number }
export type User = { uid: number; gid: number }
type How = { folder: string; npm?: 'start' | 'dev'; env?: Record<string, string>; user?: User | undefined }

const started: ChildProcess[] = []

/** A world on a data directory, in a process group of its own as a terminal gives one. Resolves when it greets. */
export async function startWorld({ folder, npm, env = {}, user }: How) {
  const runtimeFile = join(folder, 'runtime.json')
  const port = await freePort()
  const command = npm ? ['npm', 'run', '--silent', npm] : [process.execPath, 'scripts/start.mjs']
  const child = spawn(command[0] ?? '', command.slice(1), {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HEADROOM_DATA: folder,
      PORT: String(port),
      DATABASE_URL: '',
      PROMETHEUS_URL: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...user,
  })
  started.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk
    })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const began = Date.now()
  while (!existsSync(runtimeFile) || !said.includes('Ctrl-C')) {
    if (child.exitCode !== null) throw new Error(`The world ended with ${child.exitCode}:\n${said}`)
    await wait(50)
  }
  const seconds = (Date.now() - began) / 1000
  const runtime = JSON.parse(readFileSync(runtimeFile, 'utf8')) as Runtime
  return {
    ...{ ended, runtime, seconds, text: () => said, pids: descendantsOf(child.pid ?? 0) },
    /** as the terminal does it: to the whole group */
    pressCtrlC: () => process.kill(-(child.pid ?? 0), 'SIGINT'),
  }
}

export type Process = { pid: number; parent: number; since: string; command: string }

/** `since` tells a process from a later one that was given the same number. */
function processes(): Process[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,lstart=,args='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, parent, since, command] = /^\s*(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line) ?? []
    return pid ? [{ pid: Number(pid), parent: Number(parent), since: since ?? '', command: command ?? '' }] : []
  })
}

/** Everything that a process started and that still runs, and what that started: whatever it calls itself. */
export function descendantsOf(pid: number): Process[] {
  const all = processes()
  const found = all.filter((one) => one.pid === pid)
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid))
  return found
}

const isZombie = ({ command }: Process) => command.includes('<defunct>')
export function aliveOf(known: Process[]): Process[] {
  const now = new Map(processes().map((one) => [`${one.pid} ${one.since}`, one]))
  return known.filter(({ pid, since }) => {
    const found = now.get(`${pid} ${since}`)
    return found !== undefined && !isZombie(found)
  })
}

/** What is left of these processes after half a minute at most. */
export async function leftOf(known: Process[]): Promise<string[]> {
  for (let i = 0; i < 300 && aliveOf(known).length > 0; i += 1) await wait(100)
  return aliveOf(known).map(({ command }) => command)
}

/** Ends what a failed test left running. */
export function endStarted(): void {
  for (const { pid, exitCode } of started)
    if (exitCode === null && pid) for (const one of descendantsOf(pid).reverse()) process.kill(one.pid, 'SIGKILL')
}
