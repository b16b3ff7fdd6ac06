/**
 * Shares as whole tenths of a percent whose sum is the shown total, by the largest remainder: nobody who adds up a table
 * finds a tenth too few. `total` is rounded as its screen rounds it; shares and total are ratios, results tenths of a percent.
 */
export function shownShares(shares: number[], totalTenths: number): number[] {
  const exact = shares.map((share) => share * 1000)
  const shown = exact.map(Math.floor)
  let missing = totalTenths - shown.reduce((a, b) => a + b, 0)
  const order = exact.map((value, i) => ({ i, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest)
  for (let turn = 0; missing !== 0 && order.length > 0; turn += 1) {
    const step = Math.sign(missing)
    const { i } = (step > 0 ? order[turn % order.length] : order[order.length - 1 - (turn % order.length)]) as { i: number }
    shown[i] = (shown[i] as number) + step
    missing -= step
  }
  return shown
}
