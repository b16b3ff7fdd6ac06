import { LATE_WORDS } from '../slo/composite'
import type { Composed, MemberFault } from '../slo/composite-members'
import { windowText } from '../slo/definition-diff'
import type { DeclaredSlo } from './declared'
import { keyOf } from './facts'
import { type Fault, nearest } from './fault'

/** What is wrong with SLOs made of SLOs, for those who write files: at its place, with what to write. */

type One = { slo: DeclaredSlo; definition: Composed }
type Around = {
  /** what the files declare, by "service/slo" */
  declared: ReadonlySet<string>
  /** what they declare and is not to be taken */
  unchosen?: ReadonlySet<string> | undefined
  /** what the plan deletes */
  gone: ReadonlySet<string>
  /** whatever may have been meant */
  known: string[]
}

export function compositeWords(around: Around) {
  const faultAt = ({ place, slug }: DeclaredSlo, severity: Fault['severity'], [reason, suggestion]: Said): Fault => ({
    ...{ ...place, severity, stage: 'references', object: `SLO ${slug}`, reason, suggestion },
  })
  return {
    ofComposite: ({ slo, definition }: One, fault: MemberFault, severity: Fault['severity']): Fault =>
      faultAt(slo, severity, said(definition, fault, severity === 'warning', around)),
    ofMember: ({ slo, definition }: One, composite: string, theirs: string): Fault =>
      faultAt(slo, 'error', [
        `The composite ${composite} is made of it and has a window of ${theirs}, this one ${windowText(definition.window)}.`,
        `Write a window of ${theirs} here, or take this SLO out of ${composite} first.`,
      ]),
  }
}

type Said = [reason: string, suggestion: string]

function said(own: Composed, fault: MemberFault, asBefore: boolean, { declared, unchosen, gone, known }: Around): Said {
  const { member } = fault
  switch (fault.why) {
    case 'itself':
      return ['It is made of itself.', `Take ${keyOf(own)} out of its members.`]
    case 'unknown': {
      if (unchosen?.has(member))
        return [`It is made of ${member}, which is not chosen and not in the portal.`, 'Choose that as well.']
      const meant = nearest(member, known)
      const hint = meant ? `Did you mean ${meant}?` : 'Declare it in these files, or take it out of the members.'
      return [`It is made of ${member}, and there is no such SLO, here or in the portal.`, hint]
    }
    case 'deleted': {
      if (gone.has(member))
        return [
          `It is made of ${member}, which is no longer in the files: this plan deletes it.`,
          'Declare that again, or take it out of the members.',
        ]
      const late =
        own.indicator.kind === 'composite' && asBefore ? ` It is late here: ${LATE_WORDS[own.indicator.late].says}.` : ''
      return [
        `It is made of ${member}, which was deleted in the portal.${late}`,
        'Bring that back in the portal or with these files, or take it out of the members.',
      ]
    }
    case 'draft':
      return [
        `It is made of ${member}, which is a draft and not measured.`,
        'Activate that in the portal, or declare it in these files.',
      ]
    case 'circle':
      return [
        `It is made of ${member}, which is itself made of it (${fault.way.join(' → ')}).`,
        'Take one of them out of the other.',
      ]
    case 'window': {
      const reason = `Its window is ${fault.own}, and that of ${member}, which it is made of, ${fault.theirs}.`
      return [reason, declared.has(member) ? 'Give both the same window.' : `Write a window of ${fault.theirs} here as well.`]
    }
  }
}
