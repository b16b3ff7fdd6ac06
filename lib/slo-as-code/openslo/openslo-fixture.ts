/** An SLO that nothing is wrong with; lines and columns of the tests are counted in it. */
export const SLO = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout
  displayName: Checkout works
  labels:
    team: [shop, payments]
spec:
  description: Nobody is turned away at the till.
  service: checkout-api
  indicator:
    metadata:
      name: answered
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            type: Prometheus
            spec:
              query: sum(rate(http_requests_total{job="checkout",code!~"5.."}[5m]))
        total:
          metricSource:
            type: Prometheus
            spec:
              query: sum(rate(http_requests_total{job="checkout"}[5m]))
  timeWindow:
    - duration: 28d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: Checkout works
      target: 0.999
`

/** The same with one value of its label, so that nothing of it is lost. */
export const KEPT = SLO.replace('[shop, payments]', '[shop]')
