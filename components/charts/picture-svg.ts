/** A drawing of the page as one that needs no page: every colour, line and letter it has from stylesheets is written into it. */

const DRAWN = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap'],
  ...['stroke-linejoin', 'opacity', 'display', 'visibility', 'paint-order', 'vector-effect'],
]
const LETTERS = ['font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'text-anchor']
/** What they are anyway need not be said. */
const USUAL: Record<string, string> = {
  ...{ 'fill-opacity': '1', 'stroke-opacity': '1', 'stroke-dasharray': 'none', 'stroke-linecap': 'butt', opacity: '1' },
  ...{ 'stroke-linejoin': 'miter', display: 'inline', visibility: 'visible', 'paint-order': 'normal', 'vector-effect': 'none' },
  ...{ stroke: 'none', 'font-variant-numeric': 'normal', 'text-anchor': 'start' },
}
const IN_LETTERS = new Set(['text', 'tspan'])
const SILENT = new Set(['title', 'desc'])

/** Writes the computed style of `original` and of all that is in it into `copy`, its clone. */
function writeStyle(original: Element, copy: Element): void {
  if (!SILENT.has(original.tagName)) {
    const style = getComputedStyle(original)
    const names = IN_LETTERS.has(original.tagName) ? [...DRAWN, ...LETTERS] : DRAWN
    for (const name of names) {
      const value = style.getPropertyValue(name)
      // Colours come as rgb(): every program that opens the file knows them.
      if (value === '' || value === USUAL[name]) copy.removeAttribute(name)
      else copy.setAttribute(name, value.replace(/url\("?[^"#)]*#([^")]+)"?\)/, 'url(#$1)'))
    }
  }
  for (const name of ['class', 'style', 'role', 'tabindex', 'data-testid']) copy.removeAttribute(name)
  for (const [i, child] of [...original.children].entries()) {
    const counterpart = copy.children[i]
    if (counterpart) writeStyle(child, counterpart)
  }
}

/** An svg of the page with its place in the picture. Shares of the width it had become shares of the width it has. */
export function svgCopy(original: SVGSVGElement, place: { x: number; y: number; width: number; height: number }): SVGElement {
  const copy = original.cloneNode(true) as SVGElement
  writeStyle(original, copy)
  if (!original.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${place.width} ${place.height}`)
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(Math.round(value * 100) / 100))
  copy.setAttribute('overflow', 'visible')
  copy.removeAttribute('aria-hidden')
  return copy
}

/** The hatches that a picture refers to, from wherever the page keeps them. */
export function definitionsFor(picture: Element): SVGElement[] {
  const own = new Set([...picture.querySelectorAll('[id]')].map(({ id }) => id))
  const asked = new Set([...picture.outerHTML.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id ?? ''))
  return [...asked].flatMap((id) => {
    const found = own.has(id) ? null : document.getElementById(id)
    if (!(found instanceof SVGElement)) return []
    const copy = found.cloneNode(true) as SVGElement
    writeStyle(found, copy)
    return [copy]
  })
}
