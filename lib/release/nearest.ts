/** Pairs of letters, with the edges of the word. */
const pairsOf = (word: string): string[] => {
  const text = ` ${word.toLowerCase()} `
  return Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2))
}

/** 2 · common pairs ÷ all pairs (Dice 1945): 1 for the same word, 0 for words without a common pair. */
function likeness(a: string, b: string): number {
  const [left, right] = [pairsOf(a), pairsOf(b)]
  const open = [...right]
  const common = left.filter((pair) => {
    const at = open.indexOf(pair)
    if (at >= 0) open.splice(at, 1)
    return at >= 0
  })
  return (2 * common.length) / (left.length + right.length)
}

/** Up to three words that somebody may have meant, the likeliest first. */
export const nearest = (word: string, known: string[]): string[] =>
  known
    .map((other) => ({ other, like: likeness(word, other) }))
    .filter(({ like }) => like >= 0.3)
    .sort((a, b) => b.like - a.like || (a.other < b.other ? -1 : 1))
    .slice(0, 3)
    .map(({ other }) => other)
