import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { Ended } from '@/components/wall/ended'
import { themeOf, WallPage, type WallParams } from '@/components/wall/wall-page'
import { buildId } from '@/lib/build'
import { problemFor } from '@/lib/problem'
import { WALL_COOKIE } from '@/lib/wall/cookie'
import { wall } from '@/lib/wall/reads'
import { passOf } from '@/lib/wall/reads-links'
import { wallFilterSchema } from '@/lib/wall/schema'

export const metadata: Metadata = { title: 'Wall', referrer: 'no-referrer', robots: { index: false, follow: false } }

/** Open to whoever has opened a link on this screen. */
export default async function LinkedWallPage({ searchParams }: { searchParams: Promise<WallParams> }) {
  const asked = await searchParams
  const now = Math.floor(Date.now() / 1000)
  try {
    const pass = await passOf((await cookies()).get(WALL_COOKIE)?.value ?? '')
    const { view } = await wall({ pass }, wallFilterSchema.parse(asked), now)
    return <WallPage view={view} now={now} build={buildId()} linked params={asked} />
  } catch (error) {
    const problem = problemFor(error)
    // Asked too often passes by itself: the page for faults tries again.
    if (!problem || problem.status === 429) throw error
    return <Ended sentence={problem.detail} theme={themeOf(asked)} signIn={false} />
  }
}
