import { definitionsFor, svgCopy } from './picture-svg'

/** What is said above a picture: of what, of when, in which unit. */
export type Caption = { title: string; subtitle: string }
export type Picture = { svg: string; width: number; height: number }

const SVG = 'http://www.w3.org/2000/svg'
const EDGE = 16
const HEAD = 56
const clear = (colour: string) => colour === 'transparent' || /, 0\)$/.test(colour)
const round = (value: number) => Math.round(value * 100) / 100

function shape(name: string, attributes: Record<string, string | number>, words?: string): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, String(typeof value === 'number' ? round(value) : value))
  if (words !== undefined) made.textContent = words
  return made
}

const letters = (style: CSSStyleDeclaration) => ({
  ...{ 'font-family': style.fontFamily, 'font-size': style.fontSize, 'font-weight': style.fontWeight, fill: style.color },
  'font-variant-numeric': style.fontVariantNumeric,
})

/**
 * Draws what `root` shows as one svg that needs neither this page nor its stylesheets: its grounds, lines and words, and its own
 * drawings with them. What is marked `data-no-picture` is left out. The ground is that of the theme.
 */
export function pictureOf(root: HTMLElement, { title, subtitle }: Caption): Picture {
  const box = root.getBoundingClientRect()
  const style = getComputedStyle(root)
  const least = Math.max(widthOf(title, `600 16px ${style.fontFamily}`), widthOf(subtitle, `12px ${style.fontFamily}`))
  const [width, height] = [Math.ceil(Math.max(box.width, least)) + 2 * EDGE, Math.ceil(box.height) + HEAD + EDGE]
  const picture = shape('svg', { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' })
  picture.append(shape('title', {}, `${title}. ${subtitle}`))
  picture.append(shape('rect', { width, height, fill: groundOf(root) }))
  picture.append(shape('text', { ...letters(style), x: EDGE, y: 26, 'font-size': '16px', 'font-weight': 600 }, title))
  picture.append(shape('text', { ...letters(style), x: EDGE, y: 45, 'font-size': '12px', 'fill-opacity': 0.75 }, subtitle))
  draw(root, picture, { left: box.left - EDGE, top: box.top - HEAD })
  const defs = shape('defs', {})
  defs.append(...definitionsFor(picture))
  picture.prepend(defs)
  return { svg: new XMLSerializer().serializeToString(picture), width, height }
}

/** The nearest ground that is not seen through. */
function groundOf(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    if (!clear(backgroundColor)) return backgroundColor
  }
  return '#fff'
}

type Origin = { left: number; top: number }

function draw(element: Element, into: SVGElement, origin: Origin): void {
  if (element.hasAttribute('data-no-picture')) return
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  // What only screen readers are told is a pixel large.
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return
  if (style.position === 'absolute' && box.width <= 1 && box.height <= 1) return
  const place = { x: box.left - origin.left, y: box.top - origin.top, width: box.width, height: box.height }
  if (element instanceof SVGSVGElement) {
    into.append(svgCopy(element, place))
    return
  }
  drawBox(element, style, place, into)
  const inside = style.overflowX === 'visible' ? into : into.appendChild(cut(place))
  for (const child of element.childNodes) {
    if (child instanceof Element) draw(child, inside, origin)
    else if (child instanceof Text && child.data.trim() !== '') drawWords(child, style, inside, origin)
  }
}

/** What sticks out of a box that hides it stays hidden; places are those of the whole picture. */
const cut = ({ x, y, width, height }: Place): SVGElement =>
  shape('svg', { x, y, width, height, viewBox: [x, y, width, height].map(round).join(' '), overflow: 'hidden' })

type Place = { x: number; y: number; width: number; height: number }

function drawBox(element: Element, style: CSSStyleDeclaration, place: Place, into: SVGElement): void {
  const { x, y, width, height } = place
  const hatch = element.closest('.is-lane-dependency') ? 'cause-dependency' : 'chart-excluded'
  const fill = style.backgroundImage.includes('gradient') ? `url(#${hatch})` : style.backgroundColor
  if (!clear(fill) && width > 0) {
    const corners = /^polygon\((.+)\)$/.exec(style.clipPath)?.[1]
    if (corners) into.append(shape('polygon', { points: pointsOf(corners, place), fill }))
    else into.append(shape('rect', { x, y, width, height, rx: Number.parseFloat(style.borderTopLeftRadius) || 0, fill }))
  }
  const lines = [
    { edge: 'top', x1: x, x2: x + width, y1: y, y2: y },
    { edge: 'bottom', x1: x, x2: x + width, y1: y + height, y2: y + height },
  ]
  for (const { edge, ...line } of lines) {
    const stroke = style.getPropertyValue(`border-${edge}-color`)
    const thick = Number.parseFloat(style.getPropertyValue(`border-${edge}-width`))
    if (thick > 0 && !clear(stroke)) into.append(shape('line', { ...line, stroke, 'stroke-width': thick }))
  }
}

/** Corners of a clip path, given in shares of the box or in pixels. */
const pointsOf = (corners: string, { x, y, width, height }: Place): string =>
  corners
    .split(',')
    .map((corner) => {
      const [across = 0, down = 0] = corner
        .trim()
        .split(' ')
        .map((part, i) =>
          part.endsWith('%') ? (Number.parseFloat(part) / 100) * (i === 0 ? width : height) : Number.parseFloat(part),
        )
      return `${round(x + across)},${round(y + down)}`
    })
    .join(' ')

/** One text for each line that the words are broken into. */
function drawWords(node: Text, style: CSSStyleDeclaration, into: SVGElement, origin: Origin): void {
  const lines: { text: string; left: number; right: number; top: number }[] = []
  for (const { index, 0: word } of node.data.matchAll(/\S+\s*/g)) {
    const range = document.createRange()
    range.setStart(node, index)
    range.setEnd(node, index + word.trimEnd().length)
    const { left, right, top, width } = range.getBoundingClientRect()
    if (width === 0) continue
    const last = lines.at(-1)
    if (last && Math.abs(last.top - top) < 2) Object.assign(last, { text: `${last.text}${word}`, right })
    else lines.push({ text: word, left, right, top })
  }
  const end = style.textAlign === 'right' || style.textAlign === 'end'
  for (const { text, left, right, top } of lines) {
    const at = {
      x: (end ? right : left) - origin.left,
      y: top - origin.top + ascentOf(style),
      'text-anchor': end ? 'end' : 'start',
    }
    // Another program has other letters: words keep the room they have here.
    const room = { textLength: right - left, lengthAdjust: 'spacingAndGlyphs' }
    into.append(shape('text', { ...letters(style), ...at, ...room }, text.trimEnd()))
  }
}

function measured(words: string, font: string): TextMetrics | undefined {
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = font
  return context?.measureText(words)
}

/** How far the line on which letters stand lies below the top of their box. */
const ascentOf = ({ fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): number =>
  // The browser lays lines out by whole pixels; the shorthand is empty where figures are tabular.
  Math.round(measured('x', `${fontWeight} ${fontSize} ${fontFamily}`)?.fontBoundingBoxAscent ?? 0)
const widthOf = (words: string, font: string): number => measured(words, font)?.width ?? 0
