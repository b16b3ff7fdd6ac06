/** Data as YAML 1.2 that YAML 1.1 reads alike: what could be taken for anything but a text is quoted. */

export type Yaml = string | number | boolean | Yaml[] | YamlMap
/** fields that are undefined are left out */
export type YamlMap = { [key: string]: Yaml | undefined }

export const yamlOf = (document: YamlMap): string => `${fields(document, '').join('\n')}\n`

const isMap = (value: Yaml): value is YamlMap => typeof value === 'object' && !Array.isArray(value)

const fields = (map: YamlMap, indent: string): string[] =>
  Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : field(`${indent}${keyOf(key)}:`, value, indent)))

function field(start: string, value: Yaml, indent: string): string[] {
  if (typeof value !== 'object') return scalar(value, indent).map((line, i) => (i === 0 ? `${start} ${line}` : line))
  if (Array.isArray(value)) return value.length === 0 ? [`${start} []`] : [start, ...items(value, `${indent}  `)]
  const inner = fields(value, `${indent}  `)
  return inner.length === 0 ? [`${start} {}`] : [start, ...inner]
}

const items = (list: Yaml[], indent: string): string[] =>
  list.flatMap((value) => {
    if (!isMap(value)) return field(`${indent}-`, value, indent)
    const inner = fields(value, `${indent}  `)
    return inner.length === 0 ? [`${indent}- {}`] : [`${indent}- ${inner[0]?.trimStart()}`, ...inner.slice(1)]
  })

/** Words that YAML 1.1 takes for flags and nothing. */
const SPECIAL = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i
const PLAIN = /^[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$/
const DURATION = /^\d+[mhdwMQY]$/
/** What no file may hold, or what ends a line for somebody. */
const UNPRINTED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/u
const UNPRINTED_ALL = new RegExp(UNPRINTED, 'gu')

const keyOf = (key: string): string => (PLAIN.test(key) && !SPECIAL.test(key) && !key.includes(' ') ? key : quoted(key))

function scalar(value: string | number | boolean, indent: string): string[] {
  if (typeof value !== 'string') return [String(value)]
  if ((PLAIN.test(value) && !SPECIAL.test(value)) || DURATION.test(value)) return [value]
  const lines = value.split('\n')
  if (lines.length > 1 && lines.every(isBlockLine) && /^\S/.test(value) && /\S$/.test(value))
    return ['|-', ...lines.map((line) => (line === '' ? '' : `${indent}  ${line}`))]
  return [quoted(value)]
}

/** A line that stands in a block as it is. */
const isBlockLine = (line: string): boolean => !UNPRINTED.test(line) && !/\s$/.test(line)

function quoted(text: string): string {
  if (!UNPRINTED.test(text)) return `'${text.replaceAll("'", "''")}'`
  return JSON.stringify(text).replace(UNPRINTED_ALL, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
