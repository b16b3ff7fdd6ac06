import pg from 'pg'
import { Failure } from './failure'

/** A server that somebody else runs: reachable, willing, and new enough, or a sentence. */
export async function checkExternal(url: string): Promise<string> {
  const place = () => {
    try {
      const { hostname, port, pathname } = new URL(url)
      return `${hostname}:${port || 5432}${pathname}`
    } catch {
      throw new Failure('DATABASE_URL is not an address: write it like postgresql://user:password@host:5432/name.')
    }
  }
  const where = place()
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`)
    const major = Math.floor(Number(rows[0]?.version) / 10_000)
    if (major < 15)
      throw new Failure(
        `PostgreSQL ${major} at ${where} is too old: Headroom needs 15 or newer. Upgrade it, or set DATABASE_URL to another.`,
      )
    await checkRights(client, where)
    return `PostgreSQL ${major} at ${where}`
  } catch (error) {
    if (error instanceof Failure) throw error
    const said = error instanceof Error && error.message ? error.message : (error as { code?: string }).code
    throw new Failure(`PostgreSQL at ${where} cannot be used (${said}): start it or correct DATABASE_URL, then try again.`)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Tables are made by migrations, and partitions of them every hour: the role has to be allowed to. */
async function checkRights(client: pg.Client, where: string): Promise<void> {
  const { rows } = await client.query<{ role: string; may: boolean | null }>(
    `SELECT current_user AS role, has_schema_privilege(to_regnamespace('public')::oid, 'CREATE') AS may`,
  )
  const { role, may } = rows[0] ?? {}
  if (!may)
    throw new Failure(
      `The role ${role} may not make tables at ${where}: run GRANT CREATE ON SCHEMA public TO ${role} there as the owner of the database, then start again.`,
    )
}
