/** Between two loads of the page: while a deployment is under way, answers come from both builds. */
const EVERY = 300_000
const RELOADED = 'headroom-wall-reloaded'

/** For screens whose browser keeps nothing: at least while this page lives. */
let lastHere = 0

function last(): number {
  try {
    return Number(sessionStorage.getItem(RELOADED) ?? lastHere)
  } catch {
    return lastHere
  }
}

function note(at: number): void {
  lastHere = at
  try {
    sessionStorage.setItem(RELOADED, String(at))
  } catch {
    // It is noted here.
  }
}

/**
 * Loads the page again once the server has just sent it whole: an error page of the browser would never ask again. `every`: not
 * more often than this, in milliseconds. True when it is loaded.
 */
export async function reloadWhenServed(every = EVERY): Promise<boolean> {
  const now = Date.now()
  // A clock that was set back must not keep an old page for hours.
  if (Math.abs(now - last()) < every) return false
  const served = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(10_000) }).then(
    ({ ok, redirected }) => ok && !redirected,
    () => false,
  )
  if (!served) return false
  note(now)
  location.reload()
  return true
}
