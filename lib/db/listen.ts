import pg from 'pg'
import { env } from '../env'

/**
 * One connection per process that listens to Postgres, opened by the first who wants to hear something and closed by the last
 * who does not any more. What is told while it is broken is lost: listeners read again now and then, and when `lost` says so.
 */
type Ears = { heard: (payload: string) => void; lost: () => void }
type Shared = {
  ears: Map<string, Set<Ears>>
  client: pg.Client | null
  opening: boolean
  retry: ReturnType<typeof setTimeout> | null
}

const AGAIN = 2_000
const store = globalThis as { headroomListen?: Shared }
const shared = (): Shared => {
  store.headroomListen ??= { ears: new Map(), client: null, opening: false, retry: null }
  return store.headroomListen
}

/** Calls `heard` for every notification on a channel, until the returned function is called. Channels are names of the code. */
export function listen(channel: string, ears: Ears): () => void {
  const state = shared()
  const known = state.ears.get(channel) ?? new Set()
  const isNew = known.size === 0
  known.add(ears)
  state.ears.set(channel, known)
  if (state.client && isNew) state.client.query(`LISTEN ${channel}`).catch(() => {})
  void open(state)
  return () => {
    known.delete(ears)
    if (known.size === 0) state.ears.delete(channel)
    if (state.ears.size === 0) close(state)
  }
}

async function open(state: Shared): Promise<void> {
  if (state.client || state.opening || state.ears.size === 0) return
  state.opening = true
  const client = new pg.Client({ connectionString: env().DATABASE_URL, application_name: 'headroom listen', keepAlive: true })
  client.on('notification', ({ channel, payload }) => {
    for (const { heard } of state.ears.get(channel) ?? []) heard(payload ?? '')
  })
  client.on('error', () => broken(state, client))
  client.on('end', () => broken(state, client))
  try {
    await client.connect()
    for (const channel of state.ears.keys()) await client.query(`LISTEN ${channel}`)
    state.client = client
  } catch {
    client.end().catch(() => {})
  } finally {
    state.opening = false
  }
  if (state.ears.size === 0) return close(state)
  if (!state.client) return later(state)
  // Whatever was told before it listened is caught up with.
  for (const ears of state.ears.values()) for (const { lost } of ears) lost()
}

function broken(state: Shared, client: pg.Client): void {
  if (state.client !== client) return
  state.client = null
  client.end().catch(() => {})
  later(state)
}

function later(state: Shared): void {
  if (state.retry !== null || state.ears.size === 0) return
  state.retry = setTimeout(() => {
    state.retry = null
    void open(state)
  }, AGAIN)
}

function close(state: Shared): void {
  if (state.retry !== null) clearTimeout(state.retry)
  const { client } = state
  Object.assign(state, { retry: null, client: null })
  client?.end().catch(() => {})
}
