import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { disconnect } from './client'
import { migrate } from './migrate'

/**
 * A database of a test's own on the server at TEST_DATABASE_URL; `drop` removes it. With a folder it is migrated by that; else it is
 * a copy of one that was migrated once for all tests.
 */
export async function testDatabase(folder?: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('Set TEST_DATABASE_URL to a Postgres where databases may be created; `npm test` does.')
  const name = `headroom_test_${randomBytes(6).toString('hex')}`
  const url = addressOf(server, name)
  if (folder === undefined)
    await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${await migrated(server)} STRATEGY FILE_COPY`)
  else {
    await onServer(server, `CREATE DATABASE ${name}`)
    await migrate(url, folder)
  }
  // What the test before did late must not answer for this one.
  await disconnect()
  process.env.DATABASE_URL = url
  return {
    url,
    drop: async () => {
      await disconnect()
      await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

function addressOf(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

const MIGRATIONS = 'prisma/migrations'

/** The name of a database with every migration as it is written now, made by whichever test comes first. */
async function migrated(server: string): Promise<string> {
  const hash = createHash('sha256')
  for (const entry of readdirSync(MIGRATIONS, { withFileTypes: true }).filter((one) => one.isDirectory()))
    hash.update(entry.name).update(readFileSync(join(MIGRATIONS, entry.name, 'migration.sql')))
  const name = `headroom_template_${hash.digest('hex').slice(0, 12)}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('headroom template'))`)
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) {
      // Under another name until it is whole: a run that was cut short leaves none that looks ready.
      await client.query(`DROP DATABASE IF EXISTS ${name}_new WITH (FORCE)`)
      await client.query(`CREATE DATABASE ${name}_new`)
      await migrate(addressOf(server, `${name}_new`))
      await client.query(`ALTER DATABASE ${name}_new RENAME TO ${name}`)
    }
    return name
  } finally {
    await client.end()
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
