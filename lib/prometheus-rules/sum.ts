/** The same under one more label: `or` takes two of the same labels for one. */
const apart = (text: string, name: string): string => `label_replace(${text}, "part", "${name}", "", "")`

/** A sum of expressions of which each may be absent, as PromQL; `by`: of each value of a label that they keep. */
export function sumOf(terms: Record<string, string>, by?: string): string {
  const [first, ...more] = Object.entries(terms)
  const texts = [first?.[1], ...more.map(([name, text]) => apart(text, name))]
  return `sum${by ? ` by (${by}) ` : ''}(${texts.join('\nor ')})`
}
