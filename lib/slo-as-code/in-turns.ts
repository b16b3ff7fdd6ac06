/** Some at a time, results in the order of the questions. */
export async function inTurns<A, B>(all: A[], atOnce: number, of: (one: A) => Promise<B>): Promise<B[]> {
  const results: B[] = []
  let next = 0
  const worker = async () => {
    while (next < all.length) {
      const i = next++
      results[i] = await of(all[i] as A)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker))
  return results
}
