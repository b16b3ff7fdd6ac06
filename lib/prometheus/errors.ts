/** The source understood and said no: this question is wrong, others may be right. */
export class PrometheusRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PrometheusRefused'
  }
}

/** No usable answer: down, too slow, or not a Prometheus. Every question would fare the same. */
export class PrometheusUnavailable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PrometheusUnavailable'
  }
}
