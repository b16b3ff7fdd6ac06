import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { disconnect } from './client'
import { migrate } from './migrate'

/** A database of a test's own on the server at TEST_DATABASE_URL, migrated by a folder; `drop` removes it. */
export async function testDatabase(folder?: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('Set TEST_DATABASE_URL to a Postgres where databases may be created; `npm test` does.')
  const name = `headroom_test_${randomBytes(6).toString('hex')}`
  await onServer(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  await migrate(url.href, folder)
  process.env.DATABASE_URL = url.href
  return {
    url: url.href,
    drop: async () => {
      await disconnect()
      await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
