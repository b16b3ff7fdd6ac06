import { appendFileSync } from 'node:fs'
import { compareRules } from '../lib/drift/compare'
import { DRIFT_WORDS } from '../lib/drift/drift'
import { expectedGroups } from '../lib/drift/expected'
import { askLoaded } from '../lib/drift/reads-loaded'
import { loadText, remedyOf } from '../lib/drift/remedies'
import { plainCount, problemText } from '../lib/drift/words'
import { prometheusClient } from '../lib/prometheus/client'
import { type Portable, portableOf } from '../lib/slo-as-code/portable'
import { checkAddress } from './address'
import { coloured, type Definitions, readDefinitions, usage } from './definitions'
import { type DriftItem, type DriftPart, driftMarkdown, driftText, leftOver, standingOf } from './drift-words'
import { complain } from './rules'

export type DriftOptions = {
  prometheus?: string
  owner?: string
  source?: string
  format?: string
  summary?: string
  url?: string
  token?: string
}

export const DRIFT_EXIT = { 'in-step': 0, drift: 1, unknown: 2 } as const

/** Compares files, the portal and what Prometheus has loaded, as far as they are named, and returns the exit code. */
export async function drift(paths: string[], options: DriftOptions): Promise<number> {
  const { format = 'text', prometheus, summary, owner = null, source = null } = options
  if (!['text', 'json', 'markdown'].includes(format)) throw usage('The format is text, json or markdown.')
  const address = options.url ?? (prometheus ? undefined : process.env.HEADROOM_URL)
  const portal = { address, token: options.token ?? process.env.HEADROOM_TOKEN }
  const files = paths.length > 0 ? readDefinitions(paths, 'drift') : null
  if (files && complain(files)) return DRIFT_EXIT.unknown
  if (prometheus) checkAddress(prometheus, 'http://prometheus.example.org:9090')
  if (prometheus && !files && address)
    throw usage('Name the files whose rules ought to be loaded, or leave --url out to compare the portal that runs here.')
  const parts: DriftPart[] = []
  // Whoever names a Prometheus and no portal may have none.
  if (!prometheus || address) {
    const known = await import('./drift-portal')
    if (files) parts.push(await known.filesPart(files.sources, { owner, source, portal }))
    parts.push(...(await known.portalParts(portal, files === null)))
  }
  const written = files && !address ? `npx headroom rules ${paths.map(quoted).join(' ')}` : EXPORTED
  if (prometheus) parts.push(await prometheusPart(prometheus, files, source, written))
  const standing = standingOf(parts)
  const forms = {
    text: () => driftText(parts, coloured()),
    markdown: () => driftMarkdown(parts),
    json: () => JSON.stringify({ standing, parts }, null, 2),
  }
  process.stdout.write(`${forms[format as keyof typeof forms]()}\n`)
  if (summary) appendFileSync(summary, `${driftMarkdown(parts)}\n`)
  return DRIFT_EXIT[standing]
}

/** With a portal, what it exports is what ought to be loaded. */
const EXPORTED = 'npx headroom export | npx headroom rules -'
/** For a shell. */
const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)

/** What a Prometheus has loaded now, beside the rules of these files or of the portal that runs here. */
async function prometheusPart(
  url: string,
  files: Definitions | null,
  source: string | null,
  written: string,
): Promise<DriftPart> {
  const between = files ? 'files ↔ Prometheus' : 'portal ↔ Prometheus'
  const portable: Portable = files ? portableOf(files.declared) : await (await import('./drift-portal')).portableHere()
  const loaded = await askLoaded(prometheusClient({ url }), Math.floor(Date.now() / 1000))
  if (!loaded.ok) return { between, of: url, standing: 'unknown', sentence: loaded.message, items: [] }
  const ours = expectedGroups(portable, source)
  // Asked about these rules by name: that none is loaded is an answer.
  const { loaded: count, subjects, gone } = await compareRules(ours, loaded.groups, loaded.now, { exported: true })
  const items = subjects
    .filter(({ state }) => state !== 'in-step')
    .map(({ key, state, problems }): DriftItem => {
      // Where nothing is loaded at all, one file mends all of it: that is said once.
      const verb = files ? 'write' : 'export'
      const remedy = count === 0 ? '' : remedyOf(key, problems, verb)
      return { key, state: DRIFT_WORDS[state], sentences: problems.map((one) => problemText(one, verb)), remedy }
    })
  const left = gone
    .filter(({ key }) => files === null || (files.whole && declares(portable, key)))
    .map((group) => ({ ...group, movedTo: measuredBy(portable, group.key) }))
    .map((group) => leftOver(group, files && group.movedTo === null ? UNDECLARED : undefined))
  const all = [...items, ...left]
  const groups = plainCount(subjects.length, 'group')
  if (count === 0 && items.length > 0)
    return { between, of: url, standing: 'drift', items, sentence: `Nothing of the ${groups} is loaded. ${loadText(written)}` }
  return {
    ...{ between, of: url, standing: all.length > 0 ? 'drift' : 'in-step', items: all },
    sentence: [
      items.length > 0
        ? `${items.length} of ${groups} ${items.length === 1 ? 'is' : 'are'} not in step`
        : `All ${groups} are loaded as they are written`,
      ...(left.length > 0 ? [`${left.length} left over`] : []),
    ]
      .join('; ')
      .concat('.'),
  }
}

/** Files may be a part of what is loaded, but folders are all there is of a service: its own group is written from all of its SLOs. */
const declares = ({ slos }: Portable, key: string): boolean =>
  slos.some(({ definition }) => definition.service === key.split('/')[0])

const UNDECLARED = 'no file here declares such an SLO; another set of files may.'

/** The source of an SLO, or of those of a service. */
function measuredBy({ slos }: Portable, key: string): string | null {
  const found = slos.find(({ definition: { service, slug } }) => service === key || `${service}/${slug}` === key)
  return found?.definition.dataSource ?? null
}
