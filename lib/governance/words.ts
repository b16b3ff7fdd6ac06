import type { Role } from '../auth/role'

/** What everything else here follows from. */
export const PRINCIPLES: { name: string; words: string }[] = [
  {
    name: 'A promise has an owner',
    words: 'Every service has somebody who keeps its objectives honest and somebody who decides how its budget is spent.',
  },
  {
    name: 'A budget is there to be spent',
    words: 'What is left is freedom to change things. Saving it for its own sake slows everybody down.',
  },
  {
    name: 'The budget decides, people may overrule',
    words: 'Rules are agreed in calm times. Who sets them aside says why, until when and how far, and two people sign.',
  },
  {
    name: 'No number without its evidence',
    words: 'Where nothing was measured there is no green. What is corrected stays visible as it was.',
  },
  {
    name: 'Lessons before blame',
    words: 'What cost much of a budget is looked back on together, with actions that somebody owns and that have a date.',
  },
  {
    name: 'Objectives are revised',
    words:
      'Targets follow what people need and what was kept. They are changed on purpose, and history is judged by what held then.',
  },
]

/** What each role answers for. */
export const RESPONSIBILITIES: Record<Role, string[]> = {
  slo_owner: [
    'Defines objectives and keeps their indicators true.',
    'Reviews them each quarter and answers for the monthly report.',
    'Decides about corrections that others ask for.',
  ],
  engineer: [
    'Builds and runs the service within its budget.',
    'Asks before a change goes out, and follows what the budget says.',
    'Leads incidents, writes what was learned, closes the actions.',
  ],
  product_owner: [
    'Decides whether budget is spent on a change.',
    'Grants waivers, and ends them.',
    'Shares each quarter between features and reliability.',
  ],
  viewer: ['Reads everything, and takes what is said about a service from here.'],
  administrator: [
    'Looks after sources, channels, people and links.',
    'Stands in for a role that nobody holds, until somebody does.',
  ],
}

/** In the order in which they are shown. */
export const SHOWN_ROLES: Role[] = ['slo_owner', 'engineer', 'product_owner', 'viewer', 'administrator']
