import { reportedSchema } from '../lib/api/release-paths'
import { disconnect } from '../lib/db/client'
import { reportWentOut } from '../lib/decision/commands-release'
import { newReleaseSchema } from '../lib/release/schema'
import { connectHere } from './connection'
import { answerOf, askApi } from './remote'

export type ReleaseOptions = {
  service: string
  version: string
  at?: string
  link?: string
  description?: string
  url?: string
  token?: string
}

/** Says that a version went out: to another Headroom, or to the database of the one that runs here. */
export async function release({ url, token, ...told }: ReleaseOptions): Promise<string> {
  const input = newReleaseSchema.parse(told)
  const address = url ?? process.env.HEADROOM_URL
  const { id, service, version, at, known } = address
    ? answerOf(reportedSchema, await askApi(address, '/api/v1/releases', token ?? process.env.HEADROOM_TOKEN, told))
    : await reportHere(input)
  const named = `${service} ${version}, released ${at.slice(0, 16).replace('T', ' ')} UTC`
  return known ? `${named}, was known already: release ${id}.` : `${named}, is release ${id}.`
}

async function reportHere(input: Parameters<typeof reportWentOut>[1]) {
  connectHere()
  try {
    const { at, ...reported } = await reportWentOut({ type: 'system', job: 'cli' }, input)
    return { ...reported, at: new Date(at * 1000).toISOString() }
  } finally {
    await disconnect()
  }
}
