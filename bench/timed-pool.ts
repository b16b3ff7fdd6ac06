import type pg from 'pg'

type Query = pg.Pool['query']

/** Counts the time in which at least one statement is under way, whoever runs it. */
export class DatabaseClock {
  milliseconds = 0
  private running = 0
  private since = 0

  take(): number {
    const taken = this.milliseconds
    this.milliseconds = 0
    return taken
  }

  /** The same pool, timed. */
  watch(pool: pg.Pool): pg.Pool {
    const timed = this.timed.bind(this)
    return new Proxy(pool, {
      get: (target, name) => {
        if (name === 'query') return timed(target.query.bind(target) as Query)
        if (name === 'connect')
          return async () => {
            const client = await target.connect()
            return new Proxy(client, {
              get: (inner, key) => {
                if (key === 'query') return timed(inner.query.bind(inner) as Query)
                const value: unknown = Reflect.get(inner, key)
                return typeof value === 'function' ? value.bind(inner) : value
              },
            })
          }
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  private timed(query: Query) {
    return async (...args: Parameters<Query>) => {
      if (this.running === 0) this.since = performance.now()
      this.running += 1
      try {
        return await query(...args)
      } finally {
        this.running -= 1
        if (this.running === 0) this.milliseconds += performance.now() - this.since
      }
    }
  }
}
