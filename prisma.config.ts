import { defineConfig } from 'prisma/config'

// Prisma looks for a schema engine binary even where only the client is generated. Any existing
// file satisfies it, so that `prisma generate` works on networks that cannot reach its host.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
})
