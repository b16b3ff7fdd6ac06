import { LiveRefresh } from '@/components/ui/live-refresh'
import { Notice } from '@/components/ui/notice'
import { conditionText } from '@/lib/decision/condition'
import type { RequestDetail } from '@/lib/decision/reads-request'
import { whenText } from '@/lib/format-time'
import { AlternativesPanel } from './alternatives-panel'
import { ConditionsPanel } from './conditions-panel'
import { CostPanel } from './cost-panel'
import { NextSteps } from './next-steps'
import { AboutPanel, ApprovalsPanel, EventsPanel } from './people-panels'
import { RequestHead } from './request-head'
import { RequestKeys } from './request-keys'
import { RulesPanel } from './rules-panel'
import { CostsPanel, EarlierPanel, GatingPanel } from './side-panels'
import { VerdictPanel } from './verdict-panel'
import { WaiversPanel } from './waivers-panel'
import { YourDecision } from './your-decision'

/** One request: the answer, why, what it may cost; beside it what the reader can do, and what speaks for and against. */
export function RequestPage({ request }: { request: RequestDetail }) {
  const { id, evaluation, asOf: now, may, decision, status, release, previous, next, costs } = request
  const open = status === 'decided' || status === 'approved' || status === 'draft'
  const conditions = request.conditions.map(({ condition, ...one }) => ({ ...one, text: conditionText(condition) }))
  return (
    <>
      <LiveRefresh />
      {release && status !== 'released' && status !== 'observed' ? (
        <Notice>It went out {whenText(release.at, now)} although it was not approved.</Notice>
      ) : null}
      <RequestHead request={request} now={now} />
      <div className="v-columns">
        <div className="v-main">
          <VerdictPanel request={request} now={now} />
          <CostsPanel costs={costs} />
          <div className="v-half">
            {evaluation ? <RulesPanel rules={evaluation.rules} /> : null}
            <AboutPanel request={request} />
          </div>
          <div className="v-half">
            {evaluation ? <CostPanel evaluation={evaluation} /> : null}
            {evaluation && open ? <AlternativesPanel alternatives={evaluation.alternatives} now={now} /> : null}
            <EventsPanel events={request.events} now={now} />
          </div>
        </div>
        <div className="v-side">
          {may.decide ? <YourDecision key={id} request={request} /> : <NextSteps request={request} now={now} />}
          <ConditionsPanel id={id} conditions={conditions} may={may.tick} now={now} />
          <ApprovalsPanel request={request} now={now} />
          <WaiversPanel waivers={request.waivers} now={now} />
          {evaluation ? <GatingPanel slos={evaluation.slos} /> : null}
          <EarlierPanel earlier={request.earlier} now={now} />
        </div>
      </div>
      <RequestKeys previous={previous} next={next} decides={may.decide} reviews={may.decide && decision === 'review'} />
    </>
  )
}
