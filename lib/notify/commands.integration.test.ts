import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { DAY } from '../time-series/units'
import { newChannelSchema } from './channel'
import { changeChannel, createChannel, deleteChannel, testChannel } from './commands'
import { cancelMessage, replayMessage } from './commands-outbox'
import { enqueue } from './enqueue'
import {
  ENGINEER,
  http,
  messages,
  notice,
  OWNER,
  outboxWorld,
  resolved,
  run,
  SECRET,
  sender,
  states,
  VIEWER,
  webhook,
} from './outbox-world-fixture'
import { channel, listChannels } from './reads'
import { listOutbox } from './reads-outbox'

outboxWorld()

describe('people', () => {
  it('turn a channel off and on again: what waits is kept, the end of it as well, and nothing new comes in', async () => {
    const id = await webhook()
    await enqueue(pool(), notice())
    await changeChannel(OWNER, { id, version: 1, enabled: false })
    await enqueue(pool(), notice({ key: 'new', slo: { id: 8, slug: 'b', name: 'B' } }))
    await enqueue(pool(), resolved())
    sender.passed += 2 * DAY
    await run()
    expect([await states(), http.received.length]).toEqual([['waiting', 'waiting'], 0])
    sender.passed = 1
    await changeChannel(OWNER, { id, version: 2, enabled: true })
    await run()
    expect(http.received.map(({ body }) => JSON.parse(body).event)).toEqual(['alert.fired', 'alert.resolved'])
  })

  it('send a failed or a sent one again, once, under another name', async () => {
    await webhook()
    http.answer = () => ({ status: 410 })
    await enqueue(pool(), notice())
    await expect(replayMessage(OWNER, { id: 1 })).rejects.toThrow('This message is not out yet')
    await run()
    const { messageId } = await replayMessage(OWNER, { id: 1 })
    await expect(replayMessage(OWNER, { id: 1 })).rejects.toThrow(`It is being sent again already, as message ${messageId}.`)
    http.answer = () => ({ status: 200 })
    await run()
    const third = await replayMessage(OWNER, { id: messageId })
    await run()
    expect((await messages()).map(({ key, state }) => [key, state])).toEqual([
      ['alert 1 fired', 'failed'],
      ['alert 1 fired again 1', 'sent'],
      ['alert 1 fired again 2', 'sent'],
    ])
    expect(third.messageId).toBeGreaterThan(messageId)
    expect(new Set(http.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(3)
  })

  it('cancel what waits, and only that', async () => {
    await webhook()
    await enqueue(pool(), notice())
    await cancelMessage(OWNER, { id: 1 })
    await run()
    expect([await states(), http.received.length]).toEqual([['cancelled'], 0])
    await expect(cancelMessage(OWNER, { id: 1 })).rejects.toThrow('This message is cancelled already.')
  })

  it('never read a secret, and change it without reading it', async () => {
    const id = await webhook({ url: `${http.url}/hook?token=hush` })
    const read = JSON.stringify([await listChannels(ENGINEER), await channel(ENGINEER, id)])
    const { rows } = await pool().query('SELECT before, after FROM audit_entry')
    for (const hidden of [SECRET, 'hush']) expect(read + JSON.stringify(rows)).not.toContain(hidden)
    expect(await channel(ENGINEER, id)).toMatchObject({ signed: true, address: `${http.url}/…` })
    await changeChannel(OWNER, { id, version: 1, name: 'Renamed' })
    await enqueue(pool(), notice())
    await run()
    expect(http.received[0]?.path).toBe('/hook?token=hush')
    await expect(changeChannel(OWNER, { id, version: 1, name: 'Late' })).rejects.toThrow(
      'Somebody changed this channel meanwhile.',
    )
    await expect(changeChannel(OWNER, { id, version: 2, to: ['a@example.org'] })).rejects.toThrow('Only mail has addresses')
  })

  it('hear how many unsent notices go with a channel', async () => {
    const id = await webhook()
    await enqueue(pool(), notice())
    await expect(webhook()).rejects.toThrow('Another channel is called “Hook”.')
    expect(await deleteChannel(OWNER, { id, version: 1 })).toEqual({ id, lost: 1 })
    expect(await messages()).toEqual([])
  })

  it('change channels as administrators and SLO owners only; viewers see none', async () => {
    const id = await webhook()
    for (const refused of [
      () => createChannel(ENGINEER, newChannelSchema.parse({ kind: 'email', name: 'M', to: ['a@example.org'] })),
      () => changeChannel(ENGINEER, { id, version: 1, enabled: false }),
      () => deleteChannel(ENGINEER, { id, version: 1 }),
      () => testChannel(ENGINEER, { id }),
      () => replayMessage(ENGINEER, { id: 1 }),
      () => cancelMessage(ENGINEER, { id: 1 }),
      () => listChannels(VIEWER),
      () => listOutbox(VIEWER, { limit: 1 }),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
