import type { Metadata } from 'next'
import { Ended } from '@/components/wall/ended'
import { themeOf, WallPage, type WallParams } from '@/components/wall/wall-page'
import { requireActorForPage } from '@/lib/auth/session'
import { buildId } from '@/lib/build'
import { problemFor } from '@/lib/problem'
import { wall } from '@/lib/wall/reads'
import { wallFilterSchema } from '@/lib/wall/schema'

export const metadata: Metadata = { title: 'Wall', robots: { index: false, follow: false } }

export default async function OwnWallPage({ searchParams }: { searchParams: Promise<WallParams> }) {
  const actor = await requireActorForPage()
  const params = await searchParams
  const now = Math.floor(Date.now() / 1000)
  try {
    const { view } = await wall({ actor }, wallFilterSchema.parse(params), now)
    return <WallPage view={view} now={now} build={buildId()} params={params} />
  } catch (error) {
    const problem = problemFor(error)
    if (!problem) throw error
    return <Ended sentence={problem.detail} theme={themeOf(params)} signIn={false} />
  }
}
