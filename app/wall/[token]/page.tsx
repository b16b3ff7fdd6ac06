import type { Metadata } from 'next'
import { Ended } from '@/components/wall/ended'
import { themeOf, WallPage, type WallParams } from '@/components/wall/wall-page'
import { buildId } from '@/lib/build'
import { problemFor } from '@/lib/problem'
import { wall } from '@/lib/wall/reads'
import { passOf } from '@/lib/wall/reads-links'
import { wallFilterSchema } from '@/lib/wall/schema'

export const metadata: Metadata = { title: 'Wall', referrer: 'no-referrer', robots: { index: false, follow: false } }

type Props = { params: Promise<{ token: string }>; searchParams: Promise<WallParams> }

/** Open to whoever has the link. The page that is sent asks with the token as a header. */
export default async function LinkedWallPage({ params, searchParams }: Props) {
  const [{ token }, asked] = [await params, await searchParams]
  const now = Math.floor(Date.now() / 1000)
  try {
    const { view } = await wall({ pass: await passOf(token) }, wallFilterSchema.parse(asked), now)
    return <WallPage view={view} now={now} build={buildId()} token={token} params={asked} />
  } catch (error) {
    const problem = problemFor(error)
    if (!problem) throw error
    return <Ended sentence={problem.detail} theme={themeOf(asked)} signIn={false} />
  }
}
