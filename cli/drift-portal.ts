import type { z } from 'zod'
import { driftOf, driftSchema } from '../lib/api/drift-paths'
import { planReplySchema } from '../lib/api/slo-as-code-paths'
import { disconnect } from '../lib/db/client'
import { DRIFT_WORDS } from '../lib/drift/drift'
import { driftReport } from '../lib/drift/reads'
import { setDrifts, setText } from '../lib/drift/report'
import { driftQuerySchema } from '../lib/drift/schema'
import { textOf } from '../lib/slo-as-code/encoding'
import type { Portable } from '../lib/slo-as-code/portable'
import type { SourceFile } from '../lib/slo-as-code/read-files'
import { portableSlos } from '../lib/slo-as-code/reads'
import { planFiles } from '../lib/slo-as-code/reads-plan'
import { planSchema } from '../lib/slo-as-code/schema'
import { connectHere } from './connection'
import { usage } from './definitions'
import { type DriftItem, type DriftPart, leftOver } from './drift-words'
import { optionWords } from './option-words'
import { answerOf, askApi } from './remote'

/** What the portal knows: the one that runs here, or another one. */
export type Portal = { address: string | undefined; token: string | undefined }

const SYSTEM = { type: 'system', job: 'cli' } as const
const PATIENCE = 150_000
const LIMIT = 500

async function here<T>(work: () => Promise<T>): Promise<T> {
  connectHere()
  try {
    return await work()
  } finally {
    await disconnect()
  }
}

/** Every SLO of the portal that runs here, as it goes out. */
export const portableHere = (): Promise<Portable> => here(() => portableSlos(SYSTEM))

type Report = z.infer<typeof driftSchema>

/** What sources had loaded when the portal last asked them, and what became of files since they were applied. */
export async function portalParts({ address, token }: Portal, sets: boolean): Promise<DriftPart[]> {
  const ask = (page: number): Promise<Report> =>
    address
      ? askApi(address, `/api/v1/drift?limit=${LIMIT}&page=${page}`, token).then((answer) => answerOf(driftSchema, answer))
      : here(async () => driftOf(await driftReport(SYSTEM, driftQuerySchema.parse({ limit: LIMIT, page }))))
  const first = await ask(1)
  const items = [...first.items]
  for (let page = 2; items.length < first.matched; page++) {
    const more = await ask(page)
    if (more.items.length === 0) break
    items.push(...more.items)
  }
  return [
    ...first.sources.map((source) => sourcePart(source, items)),
    ...(sets ? first.sets.map((set) => setPart(set, first)) : []),
  ]
}

type Found = Pick<Report['items'][number], 'state' | 'problems' | 'remedy'>
const found = (key: string, { state, problems, remedy }: Found): DriftItem => ({
  ...{ key, state: DRIFT_WORDS[state], sentences: problems.map(({ sentence }) => sentence), remedy },
})

function sourcePart(source: Report['sources'][number], all: Report['items']): DriftPart {
  const slos = all.filter((item) => item.source === source.name).map((item) => found(`${item.service.slug}/${item.slug}`, item))
  const services = source.services.map((service) => found(service.service, service))
  const items = [...slos, ...services, ...source.gone.map((group) => leftOver(group))]
  const silent = source.problem !== null && source.problem !== 'no-rules'
  return {
    ...{ between: 'portal ↔ Prometheus', of: source.name, sentence: source.sentence, items },
    standing: items.length > 0 ? 'drift' : silent || source.askedAt === null ? 'unknown' : 'in-step',
  }
}

const setPart = (set: Report['sets'][number], { files, services }: Report): DriftPart => ({
  ...{ between: 'portal ↔ applied files', of: set.owner, standing: setDrifts(set) ? 'drift' : 'in-step' },
  sentence: setText(set),
  items: [
    ...services.map((row) => ({ ...row, key: row.slug })),
    ...files.map((row) => ({ ...row, key: `${row.service.slug}/${row.slug}` })),
  ]
    .filter(({ owner }) => owner === set.owner)
    .map(({ key, changes }) => ({
      ...{ key, state: 'Changed', sentences: changes },
      remedy: `Apply the files again, or write into them what was meant: npx headroom plan slos/ --owner ${set.owner}`,
    })),
})

const VERBS = {
  create: 'Not in the portal',
  change: 'Different',
  delete: 'Not in the files',
  unchanged: '',
  refused: 'Somebody else’s',
}

const PLAN_REMEDIES = {
  create: 'Apply the files.',
  change: 'Apply the files, or write into them what was meant.',
  delete: 'Apply the files with --prune, or declare it in them again.',
  unchanged: '',
  // The reason says it.
  refused: '',
}

/** Files beside the portal as it is now: what applying them would do. */
export async function filesPart(
  files: SourceFile[],
  { owner, source, portal: { address, token } }: { owner: string | null; source: string | null; portal: Portal },
): Promise<DriftPart> {
  const sent = files.map(({ name, content, size }) => {
    const text = textOf(content, size)
    if (!text.ok) throw usage(`${name}:${text.line}: ${text.reason}`)
    return { name, content: text.text }
  })
  // A set is planned as it would be applied. Without one nobody is refused, so that SLOs of people are compared as well.
  const body = { files: sent, owner, source, adopt: owner === null, prune: owner !== null }
  const plan = address
    ? answerOf(planReplySchema, await askApi(address, '/api/v1/slo-as-code/plan', token, body, {}, PATIENCE))
    : await here(() => planFiles(SYSTEM, planSchema.parse(body)))
  const [error] = plan.faults.filter(({ severity }) => severity === 'error')
  if (error) {
    const where = error.file ? `${error.file}:${error.line}: ` : ''
    throw usage(`${where}${[error.reason, optionWords(error.suggestion ?? '')].join(' ').trim()}`)
  }
  const items = plan.items
    // A service that is there stays as it is, unless its own set says something else.
    .filter(({ verb, kind }) => verb !== 'unchanged' && !(owner === null && kind === 'service' && verb === 'change'))
    .map(({ key, verb, changes, reason }) => ({
      ...{ key, state: VERBS[verb], sentences: reason ? [reason, ...changes] : changes, remedy: PLAN_REMEDIES[verb] },
    }))
  return {
    ...{ between: 'files ↔ portal', of: owner ?? '', standing: items.length > 0 ? 'drift' : 'in-step', items },
    sentence:
      items.length > 0
        ? `${items.length} of ${plan.items.length} differ.`
        : `All ${plan.items.length} that the files declare are in the portal as they say.`,
  }
}
