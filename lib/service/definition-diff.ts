import { arrow, differences, type Sentences, same } from '../slo/differences'
import { labelsToText } from '../slo/labels'
import { CHARACTERISTIC_WORDS, type Characteristics } from './characteristics'
import { CONTEXT_WORDS, LINK_WORDS, LINKS, type ServiceContext, type ServiceRecord } from './definition-input'
import { type Tier, tierText } from './tier'

/** Differences of two definitions as sentences, most important first. Empty when nothing changed. */
export const serviceChanges = (before: Partial<ServiceRecord>, after: ServiceRecord): string[] =>
  differences(SENTENCES, before, after)

const orNobody = (email: string | null): string => email ?? 'nobody'

const SENTENCES: Sentences<ServiceRecord> = {
  tier: arrow<Tier>('Tier', tierText),
  kind: arrow('Kind', String),
  characteristics: (old, now) =>
    Object.keys(CHARACTERISTIC_WORDS).flatMap((key) => characteristicChange(key as keyof Characteristics, old, now)),
  dependencies: (old, now) => [
    ...now.filter((slug) => !old.includes(slug)).map((slug) => `Depends on ${slug} now`),
    ...old.filter((slug) => !now.includes(slug)).map((slug) => `No longer depends on ${slug}`),
  ],
  team: arrow('Engineering team', String),
  sloOwner: arrow('SLO owner', orNobody),
  productOwner: arrow('Product owner', orNobody),
  timeZone: arrow('Time zone', String),
  name: arrow('Name', (value) => `“${value}”`),
  description: () => ['Description rewritten'],
  context: (old, now) =>
    (Object.keys(CONTEXT_WORDS) as (keyof ServiceContext)[])
      .filter((key) => old[key] !== now[key])
      .map((key) => `${CONTEXT_WORDS[key]} rewritten`),
  links: (old, now) =>
    LINKS.filter((key) => old[key] !== now[key]).map((key) => `${LINK_WORDS[key]} ${old[key] ?? 'none'} → ${now[key] ?? 'none'}`),
  labels: arrow<Record<string, string>>('Labels', (labels) => labelsToText(labels) || 'none'),
}

function characteristicChange<K extends keyof Characteristics>(key: K, old: Characteristics, now: Characteristics): string[] {
  const { name, text } = CHARACTERISTIC_WORDS[key]
  return same(old[key], now[key]) ? [] : [`${name} ${text(old[key])} → ${text(now[key])}`]
}
