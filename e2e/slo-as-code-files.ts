/** One SLO of the cart in every format that is read. `stamp`: so that nobody else has its name. */
export const filesOf = (stamp: string): Record<string, string> => ({
  'openslo.yaml': `apiVersion: openslo/v1
kind: SLO
metadata:
  name: as-openslo-${stamp}
  displayName: As OpenSLO ${stamp}
spec:
  service: cart-api
  description: Requests to the cart succeed.
  indicator:
    metadata:
      name: cart-${stamp}
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            type: Prometheus
            spec:
              query: http_requests_total{service="cart-api",status!~"5.."}
        total:
          metricSource:
            type: Prometheus
            spec:
              query: http_requests_total{service="cart-api"}
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - target: 0.99
`,
  'sloth.yaml': `version: prometheus/v1
service: cart-api
slos:
  - name: as-sloth-${stamp}
    objective: 99
    description: Requests to the cart succeed.
    sli:
      events:
        error_query: sum(rate(http_requests_total{service="cart-api",status=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{service="cart-api"}[{{.window}}]))
    alerting:
      name: CartFails
`,
  'pyrra.yaml': `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata:
  name: as-pyrra-${stamp}
  labels:
    pyrra.dev/service: cart-api
spec:
  target: "99"
  window: 4w
  indicator:
    ratio:
      errors:
        metric: http_requests_total{service="cart-api",status=~"5.."}
      total:
        metric: http_requests_total{service="cart-api"}
`,
  'slo-dev.yaml': `apiVersion: slo.dev/v1
kind: ServiceLevelObjective
metadata:
  name: as-slo-dev-${stamp}
spec:
  service: cart-api
  description: Requests to the cart succeed.
  indicator:
    type: ratio
    counter:
      metric: http_requests_total
      filters: ['service = "cart-api"', status != 5xx]
    total:
      metric: http_requests_total
      filters: ['service = "cart-api"']
  objectives:
    - displayName: Month
      window: 30d
      target: 0.99
`,
  'slo-generator.yaml': `apiVersion: sre.google.com/v2
kind: ServiceLevelObjective
metadata:
  name: cart-api-as-generator-${stamp}
  labels:
    service_name: cart-api
    feature_name: cart
    slo_name: as-generator-${stamp}
spec:
  description: Requests to the cart succeed.
  backend: prometheus
  method: good_bad_ratio
  goal: 0.99
  service_level_indicator:
    filter_good: http_requests_total{service="cart-api",status!~"5.."}
    filter_valid: http_requests_total{service="cart-api"}
`,
})

/** Three errors and a name that is nearly one of a field. */
export const FAULTY = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: faulty
spec:
  service: cart-api
  indicatr:
    metadata:
      name: faulty
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurences
  objectives:
    - target: 99.9
`
