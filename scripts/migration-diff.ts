/**
 * Prints the SQL that leads from one Prisma schema to another. The engine asks the server at DATABASE_URL for its version
 * and writes nothing there:
 *   npm run migration -- path/to/old/schema/folder      (default: from nothing)
 * Put the output into prisma/migrations/<number>_<name>/migration.sql and read it before you commit it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'

/** Fields, never a connection string: the adapter would let it win over a shadow database's name. */
function connection() {
  const url = new URL(process.env.DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres')
  return {
    host: url.hostname,
    port: Number(url.port),
    user: url.username,
    password: url.password,
    database: url.pathname.slice(1),
  }
}

type SchemaFile = { path: string; content: string }

function schemaFiles(folder: string): SchemaFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), 'utf8') }))
}

async function diff(from: SchemaFile[] | null, to: SchemaFile[]): Promise<string> {
  const require = createRequire(import.meta.url)
  const wasm = readFileSync(join(dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue as never })
  glue.__wbg_set_wasm(instance.exports)
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg(connection(), { schema: 'public' }))
  const engine = await glue.SchemaEngine.new({ datamodels: to.map((f) => [f.path, f.content]) }, () => {}, factory)
  const result = await engine.diff({
    from: from ? { tag: 'schemaDatamodel', files: from } : { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: to },
    script: true,
    exitCode: false,
    filters: { externalTables: [], externalEnums: [] },
  })
  return result.stdout ?? ''
}

const previous = process.argv[2]
process.stdout.write(await diff(previous ? schemaFiles(previous) : null, schemaFiles('prisma/schema')))
process.exit(0)
