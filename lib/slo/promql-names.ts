/** Names of metrics. `offset` Prometheus itself can tell from the word; readers of its grammar cannot. */

const WORDS = /^(atan2|bool|group_left|group_right|ignoring|inf|nan|offset|on)$/i

export const isWord = (name: string): boolean => WORDS.test(name)
export const isMetricName = (name: string): boolean => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name) && !isWord(name)

export const wordRefusal = (name: string): string =>
  `“${name}” is a word of PromQL, no name of a metric: give the metric another.`
export const twiceRefusal = (metric: string): string => `${metric} is named twice, which Prometheus refuses: leave __name__ out.`
