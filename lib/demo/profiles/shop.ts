import type { DemoProfile } from './profile'

export const shopProfiles: Record<string, DemoProfile> = {
  'storefront-web': {
    context: {
      userExpectations: 'A page appears within a second, on a phone on a train too.',
      businessImpact: 'Every minute without pages is a minute without orders; people do not come back the same day.',
      technicalConstraints: 'Half of the pages ask Identity who is there. Pages are rendered in two regions, data lives in one.',
    },
    characteristics: { revenueImpact: 'direct', safetyImpact: false, userFacing: true, traffic: 60 },
    needs: ['cart-api', 'identity-api', 'recommendations', 'search-api'],
  },
  'search-api': {
    context: {
      userExpectations: 'Results come as fast as one types.',
      businessImpact: 'Two of three orders begin with a search.',
      technicalConstraints: 'The index is rebuilt every night; until it is warm, answers are slower.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: true, traffic: 35 },
    needs: ['stock-sync'],
  },
  'cart-api': {
    context: {
      userExpectations: 'What was put in stays in, on every device.',
      businessImpact: 'A lost cart is a lost order in one case of three.',
      technicalConstraints: 'Carts live in one region; a failover takes about four minutes.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: true, traffic: 18 },
    needs: ['identity-api', 'stock-sync'],
  },
  'help-centre': {
    context: {
      userExpectations: 'An answer is found without calling anybody.',
      businessImpact: 'Calls to the service desk double while it is down.',
      technicalConstraints: 'Texts come from a content system of another company.',
    },
    characteristics: { revenueImpact: 'none', safetyImpact: false, userFacing: true, traffic: 3 },
    needs: ['identity-api'],
  },
  'gift-cards': {
    context: {
      userExpectations: 'A code works the first time, at Christmas too.',
      businessImpact: 'A card that is not accepted is an order that is not placed.',
      technicalConstraints: 'The provider of the codes allows 40 requests a second.',
    },
    characteristics: { revenueImpact: 'direct', safetyImpact: false, userFacing: true, traffic: 4 },
    needs: ['payment-gateway'],
  },
  recommendations: {
    context: {
      userExpectations: 'Suggestions are there with the page, or not at all.',
      businessImpact: 'About one order in twelve begins with a suggestion.',
      technicalConstraints: 'The model is trained on clicks of the day before.',
    },
    characteristics: { revenueImpact: 'indirect', safetyImpact: false, userFacing: true, traffic: 22 },
    needs: ['clickstream'],
  },
  'checkout-api': {
    context: {
      userExpectations: 'An order counts once: never lost, never twice.',
      businessImpact: 'Nothing is sold while it fails. An hour at noon costs about 40 000 euros.',
      technicalConstraints: 'It waits for card networks, which answer within 1.5 s at their best.',
    },
    characteristics: { revenueImpact: 'direct', safetyImpact: false, userFacing: true, traffic: 12 },
    needs: ['cart-api', 'gift-cards', 'identity-api', 'order-events', 'payment-gateway', 'shipping-quotes', 'stock-sync'],
  },
  'payment-gateway': {
    context: {
      userExpectations: 'Money is taken once, and the answer is clear.',
      businessImpact: 'Without it no order is paid; chargebacks follow double payments.',
      technicalConstraints: 'Three card networks and two wallets, each with its own maintenance windows.',
    },
    characteristics: { revenueImpact: 'direct', safetyImpact: false, userFacing: true, traffic: 15 },
    needs: ['identity-api'],
  },
  'nightly-ledger': {
    context: {
      userExpectations: 'Accounting finds the day booked at eight.',
      businessImpact: 'A late ledger delays the close of the month.',
      technicalConstraints: 'It reads a replica that may be ten minutes behind.',
    },
    characteristics: { revenueImpact: 'none', safetyImpact: false, userFacing: false, traffic: 'low' },
    needs: ['order-events', 'payment-gateway'],
  },
}
