import { z } from 'zod'
import { alertPolicySchema } from '../../alert/alert-policy'
import { LINKS, linksSchema } from '../../service/definition-input'
import { SERVICE_KINDS, TIERS } from '../../service/tier'
import { indicatorSchema } from '../../slo/indicator'
import { NO_DATA_POLICIES } from '../../slo/objective'
import { zoneSchema } from '../../slo/window'
import { type Cursor, meant } from '../cursor'
import { MOST_LINK } from '../terms'
import type { Item } from '../tree'

/**
 * What OpenSLO has no field for stands in annotations under a domain of our own, texts as they are and anything else as
 * JSON. Where a field says the same, the field counts: other tools read nothing else.
 */
export const DOMAIN = 'headroom.dev/'

const text = z.string()
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const NO_SLUG = 'Use small letters, digits and single hyphens.'

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((written, context): unknown => {
      try {
        return JSON.parse(written)
      } catch {
        context.addIssue({ code: 'custom', message: 'This is no JSON.' })
        return z.NEVER
      }
    })
    .pipe(schema)

const link = z.string().max(MOST_LINK).nullable().default(null)
const labels = json(z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$/), z.string().min(1).max(100)))
const { keepFiring, clearBelow, suppressByDependency, silenceInMaintenance, pairs } = alertPolicySchema.shape

const KNOWN = {
  Service: {
    ...{ name: text, description: text, labels },
    team: text.min(1).max(60),
    tier: z.enum(TIERS, { error: `Write one of ${TIERS.join(', ')}.` }),
    kind: z.enum(SERVICE_KINDS, { error: `Write one of ${SERVICE_KINDS.join(', ')}.` }),
    'time-zone': zoneSchema,
    links: json(z.strictObject(linksSchema.shape, { error: `Write an object of ${LINKS.join(', ')}.` })),
    dependencies: json(z.array(z.string().max(60)).max(100)),
  },
  DataSource: { name: text },
  SLO: {
    slug: text.regex(SLUG, { error: NO_SLUG }).max(60),
    name: text,
    description: text,
    labels,
    'data-source': text.min(1),
    'time-zone': zoneSchema,
    indicator: json(indicatorSchema),
    'slice-target': json(z.number().gt(0).max(1).nullable()),
    'no-data-policy': z.enum(NO_DATA_POLICIES, { error: `Write one of ${NO_DATA_POLICIES.join(', ')}.` }),
    'coverage-floor': json(z.number().min(0).max(1)),
    'min-events': json(z.int().min(0)),
    gating: json(z.boolean()),
    'objective-group': text.max(60),
    links: json(z.object({ runbook: link, dashboard: link })),
    'scrape-seconds': json(z.number().positive().max(86_400)),
    alerting: z.union(
      [z.literal('none'), json(z.object({ keepFiring, clearBelow, suppressByDependency, silenceInMaintenance }))],
      {
        error: 'Write none, or the settings of the policy as JSON.',
      },
    ),
    'error-budget-policy': text.regex(SLUG, { error: NO_SLUG }).max(60),
    'assigned-alerting': z.union([z.literal('none'), json(alertPolicySchema)], {
      error: 'Write none, or an alert policy as JSON.',
    }),
  },
  AlertPolicy: { pair: json(pairs.element) },
} satisfies Record<string, Record<string, z.ZodType>>

type Kinds = typeof KNOWN
export type Own<K extends keyof Kinds> = { [N in keyof Kinds[K]]?: Kinds[K][N] extends z.ZodType ? z.output<Kinds[K][N]> : never }
export type OwnSlo = Own<'SLO'>

/** They are asked for as an object is checked and as it is declared. */
const parsed = {
  Service: new WeakMap(),
  DataSource: new WeakMap(),
  SLO: new WeakMap(),
  AlertPolicy: new WeakMap(),
} satisfies Record<keyof Kinds, WeakMap<Item, unknown>>

/** The annotations of an object that are ours. What cannot be read is reported, at its place and once. */
export function ownOf<K extends keyof Kinds>(kind: K, metadata: Cursor): Own<K> {
  const annotations = metadata.get('annotations')
  const { item } = annotations
  if (item?.kind !== 'map') return {}
  const before = parsed[kind].get(item)
  if (before) return before as Own<K>
  const own: Record<string, unknown> = {}
  for (const key of annotations.keys().filter((name) => name.startsWith(DOMAIN))) {
    const at = annotations.get(key)
    const name = key.slice(DOMAIN.length)
    const known: Record<string, z.ZodType> = KNOWN[kind]
    const schema = Object.hasOwn(known, name) ? known[name] : undefined
    if (schema) read(at, schema, (value) => (own[name] = value))
    else
      at.warn(
        'validate',
        `There is no annotation ${DOMAIN}${name} of this kind: it is left out.`,
        meant(name, Object.keys(known)),
      )
  }
  parsed[kind].set(item, own)
  return own as Own<K>
}

function read(at: Cursor, schema: z.ZodType, keep: (value: unknown) => void): void {
  // Of anything but a text it was said when it was decoded.
  const written = at.text()
  if (written === undefined) return
  const result = schema.safeParse(written)
  if (result.success) {
    keep(result.data)
    return
  }
  const [issue] = result.error.issues
  const path = issue?.path.join('.')
  const reason = issue?.message.replace(/\.?$/, '.') ?? ''
  at.error('validate', `This annotation cannot be read${path ? `, at ${path}` : ''}: ${reason}`)
}

/** Annotations that other tools keep here. */
export const foreign = (metadata: Cursor): boolean =>
  metadata
    .get('annotations')
    .keys()
    .some((key) => !key.startsWith(DOMAIN))

/** Says that a field was edited after its annotation was written. */
export function edited(metadata: Cursor, name: string, what: string): void {
  metadata
    .in('annotations', `${DOMAIN}${name}`)
    .warn(
      'validate',
      `${what} says otherwise, and counts: this annotation is older.`,
      'Leave the annotation out, or undo the edit.',
    )
}
