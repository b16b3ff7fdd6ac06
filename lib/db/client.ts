import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '../env'
import { PrismaClient } from './generated/client'

/** One pool and one Prisma client per process; `globalThis` keeps them through hot reloads. */
type Shared = { pool: pg.Pool; prisma: PrismaClient }
const store = globalThis as { headroomDb?: Shared }

function connect(): Shared {
  const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: 12 })
  // An idle connection may break when Postgres restarts; the next query opens a new one.
  pool.on('error', () => {})
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

function shared(): Shared {
  store.headroomDb ??= connect()
  return store.headroomDb
}

export const db = (): PrismaClient => shared().prisma
/** For the raw statements of measurement: `createMany` is an order of magnitude slower than `unnest`. */
export const pool = (): pg.Pool => shared().pool

export async function disconnect(): Promise<void> {
  const open = store.headroomDb
  store.headroomDb = undefined
  await open?.prisma.$disconnect()
  if (open && !open.pool.ended) await open.pool.end()
}

export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/** Everything inside commits together, or not at all. */
export const transaction = <T>(work: (tx: Transaction) => Promise<T>, timeout = 15_000): Promise<T> =>
  db().$transaction(work, { timeout })
