import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { advance, UNFENCED } from '../measurement/advance'
import { loadDefinitions } from '../measurement/definitions'
import { countsOf } from '../measurement/inputs'
import { newestSamples } from '../measurement/samples'
import { HOUR, MINUTE } from '../time-series/units'
import { alerts, alertWorld, ask, at, back, failing, front, minutes, moveTo, status } from './alert-world-fixture'
import { judgeAlerts } from './alerts'

alertWorld()

describe('what follows from alerts and cannot be written', () => {
  it('keeps no minute from being measured, and is made up for by the next tick', async () => {
    await pool().query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk'; END $$`)
    await pool().query('CREATE TRIGGER refuse BEFORE INSERT ON incident FOR EACH ROW EXECUTE FUNCTION refuse()')
    failing.set(back, 1)
    await minutes(3)
    expect((await newestSamples(pool(), [back])).get(back)?.ts).toBe(at.clock)
    expect(await alerts()).toEqual([])
    await pool().query('DROP TRIGGER refuse ON incident')
    await minutes(1)
    expect(await alerts('long = 3600')).toMatchObject([{ sloId: back, state: 'firing', firedAt: at.clock }])
    expect((await pool().query('SELECT count(*)::int AS count FROM incident')).rows).toEqual([{ count: 1 }])
  })
})

describe('two shards in the same minute', () => {
  it('see each other: what needs the other one is mute from the start', async () => {
    await minutes(1)
    for (const id of [front, back]) failing.set(id, 1)
    at.clock += MINUTE
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let entered = () => {}
    const inside = new Promise<void>((resolve) => {
      entered = resolve
    })
    // The other one fires and has not committed yet.
    const first = moveTo(at.clock, [back], true, async () => {
      entered()
      await held
    })
    await inside
    const second = moveTo(at.clock, [front])
    const waiting = async () =>
      (
        await pool().query(
          `SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database
           WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()`,
        )
      ).rows[0].n
    await expect.poll(waiting, { interval: 20, timeout: 10_000 }).toBe(1)
    goOn()
    await Promise.all([first, second])
    expect(await alerts(`long = 3600`)).toMatchObject([
      { sloId: back, state: 'firing', muted: null },
      { sloId: front, state: 'firing', muted: { because: 'dependency' } },
    ])
  })

  it('looks at nothing that was over before it was looked at', async () => {
    failing.set(back, 1)
    const { definitions } = await loadDefinitions(pool(), { ids: [back] })
    const start = countsOf((await newestSamples(pool(), [back])).values())
    const stretch = { from: at.clock, to: at.clock + 5 * MINUTE, step: MINUTE }
    const work = { definitions, start, stretch, judge: true, fence: UNFENCED, judged: judgeAlerts }
    await advance(pool(), ask, { ...work, now: at.clock + 5 * HOUR })
    expect((await status(back)).alert).toBeNull()
    expect(await alerts()).toEqual([])
  })
})
