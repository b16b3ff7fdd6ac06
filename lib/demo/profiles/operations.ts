import type { DemoProfile } from './profile'

export const operationsProfiles: Record<string, DemoProfile> = {
  'order-events': {
    context: {
      userExpectations: 'Whoever listens hears of every order, in order, once.',
      businessImpact: 'Parcels leave late when events are late.',
      technicalConstraints: 'Three brokers; losing two stops writing.',
    },
    characteristics: { revenueImpact: 'direct', safetyImpact: false, userFacing: false, traffic: 'medium' },
    needs: [],
  },
  'shipping-quotes': {
    context: {
      userExpectations: 'A price and a date before the order is placed.',
      businessImpact: 'Without a date one cart in five is left.',
      technicalConstraints: 'Two carriers answer slowly in the evening.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: true, traffic: 10 },
    needs: [],
  },
  'stock-sync': {
    context: {
      userExpectations: 'What the shop says is there is there.',
      businessImpact: 'Selling what is not there costs a refund and an apology.',
      technicalConstraints: 'Warehouses send files every 15 minutes; nothing is fresher than that.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: false, traffic: 'low' },
    needs: ['order-events'],
  },
  'warehouse-scanner': {
    context: {
      userExpectations: 'A scan answers before the next parcel is in the hand.',
      businessImpact: 'People in the warehouse stand and wait.',
      technicalConstraints: 'The warehouse has a network and a Prometheus of its own.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: true, traffic: 5 },
    needs: ['identity-api', 'stock-sync'],
  },
  'identity-api': {
    context: {
      userExpectations: 'Signing in works the first time.',
      businessImpact: 'Without it no one pays, packs or helps.',
      technicalConstraints: 'Tokens live for fifteen minutes, so a short outage is felt late.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: true, traffic: 25 },
    needs: [],
  },
  'email-dispatch': {
    context: {
      userExpectations: 'A confirmation is there before one wonders where it is.',
      businessImpact: 'Late confirmations make people order twice.',
      technicalConstraints: 'The relay takes 200 mails a second.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: false, traffic: 'medium' },
    needs: ['order-events'],
  },
  'loyalty-points': {
    context: {
      userExpectations: 'Points of an order are there on the same day.',
      businessImpact: 'Too new to know.',
      technicalConstraints: 'Went live with one instance.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: true },
    needs: ['identity-api', 'order-events'],
  },
  'staff-wiki': {
    context: {
      userExpectations: 'Pages open in office hours.',
      businessImpact: '',
      technicalConstraints: 'One machine, restored from last night at worst.',
    },
    characteristics: { revenueImpact: 'none', safetyImpact: false, userFacing: false, traffic: 1.5 },
    needs: ['identity-api'],
  },
  clickstream: {
    context: {
      userExpectations: 'Analysts see yesterday complete this morning.',
      businessImpact: 'Decisions about the range are made on it.',
      technicalConstraints: 'Browsers send what they like; one event in a hundred is unusable.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: false, traffic: 'medium' },
    needs: [],
  },
  'partner-reports': {
    context: {
      userExpectations: 'Partners have their figures on Monday.',
      businessImpact: '',
      technicalConstraints: 'It runs after the ledger and waits for it.',
    },
    characteristics: { revenueImpact: 'none', safetyImpact: false, userFacing: false, traffic: 'low' },
    needs: ['clickstream', 'nightly-ledger'],
  },
  'legacy-export': {
    context: {
      userExpectations: 'Nobody is known to wait for it.',
      businessImpact: '',
      technicalConstraints: 'Its library has had no release in six years.',
    },
    characteristics: {},
    needs: ['order-events'],
  },
}
