import type { Ratio, Seconds } from './time-series/units'

/**
 * Figures and instants as people read them. What is left is rounded down, what is spent is rounded up:
 * a number on a screen never flatters.
 */
export const MINUS = '\u2212'
export const THIN = '\u202f'
export const NONE = '\u2013'

/** Hides the noise of binary fractions (0.29 × 100 = 28.999…) without ever reaching the next real digit. */
const NOISE = 1e-9

const signed = (text: string): string => (text.startsWith('-') ? MINUS + text.slice(1) : text)
const group = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))/g, THIN)

function rounded(value: number, digits: number, round: (n: number) => number, noise: number): string {
  const scale = 10 ** digits
  const whole = round(value * scale + noise)
  const [int = '0', fraction] = Math.abs(whole / scale)
    .toFixed(digits)
    .split('.')
  const text = fraction === undefined ? group(int) : `${group(int)}.${fraction}`
  return whole < 0 ? MINUS + text : text
}

export const floored = (value: number, digits: number): string => rounded(value, digits, Math.floor, NOISE)
export const ceiled = (value: number, digits: number): string => rounded(value, digits, Math.ceil, -NOISE)

export const sliText = (sli: Ratio | null): string => (sli === null ? NONE : floored(sli * 100, 3))
export const leftText = (left: Ratio | null): string => (left === null ? NONE : floored(left * 100, 1))
export const spentText = (spent: Ratio | null): string => (spent === null ? NONE : ceiled(spent * 100, 1))
export const burnText = (burn: number | null): string => (burn === null ? NONE : ceiled(burn, 2))
export const countText = (count: number): string => signed(group(String(Math.round(count))))

/** Two decimals at least, more when the objective has more: 99.90, 99.999. */
export function targetText(target: Ratio): string {
  const exact = String(Number((target * 100).toFixed(6)))
  const [int = '', fraction = ''] = exact.split('.')
  return `${int}.${fraction.padEnd(2, '0')}`
}

/** A threshold or a plain factor: 14.4, 6, 1. */
export const factorText = (value: number): string => String(Number(value.toFixed(2)))

/** 40 s · 45 min · 8 h 30 · 3 d 4 h. Rounded down, so an age never jumps ahead. */
export function ageText(age: Seconds): string {
  const s = Math.max(0, Math.floor(age))
  if (s < 90) return `${s} s`
  const min = Math.floor(s / 60)
  if (min < 60) return `${min} min`
  const h = Math.floor(min / 60)
  if (h < 48) return min % 60 === 0 ? `${h} h` : `${h} h ${String(min % 60).padStart(2, '0')}`
  const d = Math.floor(h / 24)
  return h % 24 === 0 || d > 9 ? `${d} d` : `${d} d ${h % 24} h`
}
