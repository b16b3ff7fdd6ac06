import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure'

export type Start = {
  name: string
  command: string
  args: string[]
  env?: Record<string, string | undefined>
  /** run as this user; only root may choose */
  user?: { uid: number; gid: number }
  /** what asks it to end; SIGTERM to its whole group unless said otherwise */
  stop?: { signal: NodeJS.Signals; group: boolean }
}

type Running = { start: Start; child: ChildProcess }
const GENTLE = { signal: 'SIGTERM', group: true } as const
const PATIENCE = 15_000

/** The command line of a living process, empty when there is none. */
export function commandOf(pid: number): string {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return ''
  }
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/** The processes of a world: each in a group of its own, so that Ctrl-C reaches them through here alone. */
export class Processes {
  private readonly running: Running[] = []
  private readonly keeper: ChildProcess
  private stopping = false
  /** settles with a sentence when something ends that should not */
  readonly broken: Promise<string>
  private breakWith: (sentence: string) => void = () => {}

  constructor(private readonly logs: string) {
    mkdirSync(logs, { recursive: true })
    this.keeper = spawn(process.execPath, [fileURLToPath(new URL('keeper.mjs', import.meta.url))], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    this.keeper.unref()
    this.broken = new Promise((resolve) => {
      this.breakWith = resolve
    })
  }

  logOf(name: string): string {
    return join(this.logs, `${name}.log`)
  }

  start(start: Start): ChildProcess {
    const log = openSync(this.logOf(start.name), 'a')
    const stdio: StdioOptions = ['ignore', log, log]
    const child = spawn(start.command, start.args, {
      env: { ...process.env, ...start.env },
      stdio,
      detached: true,
      ...(start.user ?? {}),
    })
    const entry = { start, child }
    this.running.push(entry)
    const { signal, group } = start.stop ?? GENTLE
    if (child.pid) this.tell({ pid: child.pid, signal, group })
    child.once('error', (error) => this.breakWith(`${start.name} could not be started: ${error.message}.`))
    child.once('exit', () => {
      this.running.splice(this.running.indexOf(entry), 1)
      if (child.pid) this.tell({ ended: child.pid })
      if (!this.stopping) this.breakWith(`${start.name} ended by itself. ${this.lastWords(start.name)}`)
    })
    return child
  }

  lastWords(name: string): string {
    const lines = readFileSync(this.logOf(name), 'utf8').trim().split('\n')
    const last = lines.at(-1)?.slice(0, 300) ?? ''
    return `${last ? `It said: ${last} ` : ''}More in ${this.logOf(name)}.`
  }

  /** Waits for a condition while the process lives; when it ends first, says why. */
  async until(name: string, seconds: number, condition: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + seconds * 1000
    while (Date.now() < end) {
      if (await condition()) return
      if (!this.running.some(({ start }) => start.name === name))
        throw new Failure(`${name} did not start. ${this.lastWords(name)}`)
      await wait(100)
    }
    throw new Failure(`${name} was not ready within ${seconds} s. ${this.lastWords(name)}`)
  }

  /** Ends everything, last started first. */
  async stopAll(onStop: (name: string) => void = () => {}): Promise<void> {
    this.stopping = true
    for (const { start, child } of [...this.running].reverse()) {
      onStop(start.name)
      await end(child, start)
    }
    this.tell({ farewell: true })
    this.keeper.stdin?.end()
  }

  /** Does not wait: for the second Ctrl-C. */
  killAll(): void {
    for (const { child } of this.running) signalTo(child, 'SIGKILL', true)
  }

  private tell(message: object): void {
    this.keeper.stdin?.write(`${JSON.stringify(message)}\n`)
  }
}

async function end(child: ChildProcess, start: Start): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const { signal, group } = start.stop ?? GENTLE
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  signalTo(child, signal, group)
  const patience = new AbortController()
  const late = wait(PATIENCE, 'late', { signal: patience.signal }).catch(() => 'in time')
  if ((await Promise.race([ended, late])) === 'late') signalTo(child, 'SIGKILL', group)
  patience.abort()
  await ended
}

function signalTo({ pid }: ChildProcess, signal: NodeJS.Signals, group: boolean): void {
  if (!pid) return
  try {
    process.kill(group ? -pid : pid, signal)
  } catch {
    // it has ended by itself
  }
}
