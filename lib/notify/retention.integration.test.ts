import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { testChannel } from './commands'
import { cancelMessage, replayMessage } from './commands-outbox'
import { enqueue } from './enqueue'
import { clock, http, messages, notice, OWNER, outboxWorld, resolved, run, sender, webhook } from './outbox-world-fixture'
import { pruneOutbox } from './retention'

outboxWorld()

describe('after 90 days', () => {
  it('what was sent or taken back is removed, except what has not ended yet and what failed', async () => {
    const id = await webhook()
    const age = (days: number) =>
      pool().query(`UPDATE outbox_message SET created_at = created_at - make_interval(days => $1)`, [days])
    http.answer = ({ body }) => ({ status: JSON.parse(body).key === 'failed' ? 400 : 200 })
    await enqueue(pool(), notice())
    await enqueue(pool(), notice({ key: 'failed', slo: { id: 8, slug: 'b', name: 'B' } }))
    await testChannel(OWNER, { id }, clock())
    await testChannel(OWNER, { id }, clock())
    await run()
    await enqueue(pool(), notice({ key: 'taken back', slo: { id: 9, slug: 'c', name: 'C' } }))
    await cancelMessage(OWNER, { id: 5 })
    await age(89)
    expect(await pruneOutbox(pool(), clock())).toBe(0)
    await age(1)
    await testChannel(OWNER, { id }, clock())
    sender.passed += 1
    expect(await pruneOutbox(pool(), clock())).toBe(3)
    expect((await messages()).map(({ key }) => key)).toEqual(['alert 1 fired', 'failed', expect.stringContaining('test')])
    await testChannel(OWNER, { id }, clock())
    await enqueue(pool(), resolved())
    await run()
    expect(await pruneOutbox(pool(), clock())).toBe(1)
    expect((await messages()).map(({ key }) => key)).toContain('alert 1 resolved')
    const { rows } = await pool().query('SELECT count(*)::int AS attempts FROM delivery_attempt')
    expect(rows).toEqual([{ attempts: 4 }])
  })

  it('one that was sent again is sent again under a name of its own', async () => {
    await webhook()
    http.answer = () => ({ status: 400 })
    await enqueue(pool(), notice())
    for (const nth of [1, 2]) {
      await run()
      expect((await replayMessage(OWNER, { id: 1 })).messageId).toBe(nth + 1)
    }
    await run()
    await pool().query('DELETE FROM outbox_message WHERE id = 2')
    await replayMessage(OWNER, { id: 1 })
    expect((await messages()).map(({ key }) => key)).toEqual(['alert 1 fired', ...[2, 3].map((n) => `alert 1 fired again ${n}`)])
  })
})
