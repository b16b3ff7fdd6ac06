import type { OrganisationReport, ReportDocument } from './document'
import { monthName } from './month'

/** What a rule asks for, said to people who do not know the rules; rules that are of interest to engineers only say nothing. */
const PLAIN: Record<string, (about: string) => string> = {
  'missed-target': (about) => `We find out what went wrong and mend it${about}.`,
  'retrospective-due': (about) => `We talk through what happened and write down what we learn${about}.`,
  'overdue-actions': (about) => `We finish the improvements that are late${about}.`,
  'low-coverage': (about) => `We measure without gaps${about}.`,
  'release-cost': (about) => `We make changes in smaller steps${about}.`,
  'loosen-target': (about) => `We check whether what we promise${about} is what people need.`,
  'tighten-target': (about) => `We check whether we can promise more${about}.`,
  'progressive-target': (about) => `We promise a little more, as planned${about}.`,
}

/** Open improvements by name, then what the rules ask for: at most so many, each once. */
export function plainSteps(document: ReportDocument, most: number): string[] {
  const open = document.incidents.flatMap(({ actions }) => actions.filter(({ done }) => !done))
  const named = open.map(({ title, due }) => `${sentence(title)}${due === null ? '' : ` By ${dayText(due)}.`}`)
  const ruled = document.recommendations.flatMap(({ rule, service }) => {
    const plain = PLAIN[rule]
    return plain ? [plain(service === null || document.kind === 'service' ? '' : ` at ${nameOf(document, service)}`)] : []
  })
  return [...new Set([...named, ...ruled])].slice(0, most)
}

const nameOf = ({ services }: OrganisationReport, slug: string): string => services.find((one) => one.slug === slug)?.name ?? slug
/** 2026-07-24 is 24 July 2026 to people. */
const dayText = (date: string): string => `${Number(date.slice(8))} ${monthName(date.slice(0, 7))}`
const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`)
