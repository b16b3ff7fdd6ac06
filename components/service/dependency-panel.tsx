import { StateWord } from '@/components/slo/state-badge'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import type { Neighbour, Service } from '@/lib/service/service'
import { tierText } from '@/lib/service/tier'
import { listText } from '@/lib/service/tier-recommendation'
import { type SloState, stateRank } from '@/lib/slo/state'

type Props = { service: Service; stateOf: (slug: string, before: SloState | null) => SloState | null }

/** What the service needs and what needs it, one step each way, with how each stands now. */
export function DependencyPanel({ service, stateOf }: Props) {
  const { name, slug, worst, dependencies, dependants } = service
  const live = (ends: Neighbour[]) =>
    ends.map((end) => ({ ...end, worst: stateOf(end.slug, end.worst) })).sort((a, b) => rank(a) - rank(b))
  const [upstream, downstream] = [live(dependencies), live(dependants)]
  return (
    <section className="panel s-graph" aria-labelledby="graph-title">
      <header className="d-panel-head">
        <h3 id="graph-title">Dependencies</h3>
        <span>{troubleText(name, upstream)}</span>
      </header>
      <div className="s-flow">
        <Ends title="Needs" ends={upstream} none="Needs no other service." />
        <Icon name="arrow" className="ic s-arrow" />
        <div className="s-self">
          <b>{name}</b>
          <State state={stateOf(slug, worst)} />
        </div>
        <Icon name="arrow" className="ic s-arrow" />
        <Ends title="Needed by" ends={downstream} none="No other service needs it." />
      </div>
    </section>
  )
}

const rank = ({ worst }: Neighbour): number => (worst === null ? 99 : stateRank(worst))
const TROUBLE: (SloState | null)[] = ['exhausted', 'critical']

function troubleText(name: string, upstream: Neighbour[]): string {
  const trouble = upstream.filter(({ worst }) => TROUBLE.includes(worst)).map((end) => end.name)
  if (trouble.length === 0) return ''
  return `Critical or worse: ${listText(trouble)}. ${name} can hardly do better than what it needs.`
}

function Ends({ title, ends, none }: { title: string; ends: Neighbour[]; none: string }) {
  return (
    <div className="s-ends">
      <h4>
        {title} <span>{ends.length}</span>
      </h4>
      {ends.length === 0 ? <p>{none}</p> : null}
      <ul>
        {ends.map(({ slug, name, tier, worst }) => (
          <li key={slug}>
            <State state={worst} />
            <Link href={`/services/${slug}`}>{name}</Link>
            <span>{tierText(tier)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const State = ({ state }: { state: SloState | null }) =>
  state === null ? <span className="state s-none">no SLOs</span> : <StateWord state={state} />
