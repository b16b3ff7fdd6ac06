import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import Overview from './(overview)/loading'
import Services from './services/(list)/loading'
import Service from './services/[slug]/loading'
import Slo from './slos/[id]/loading'
import Templates from './templates/loading'

describe('a page on its way', () => {
  it.each([
    ['Overview', Overview, 26],
    ['Services', Services, 29],
    ['Service', Service, 26],
    ['SLO', Slo, 120],
    ['Templates', Templates, 38],
  ])('%s has its title, its frame, and rows of the final height', (title, Loading, height) => {
    const html = renderToStaticMarkup(<Loading />)
    expect(html).toContain(`<h1>${title}</h1>`)
    expect(html).toContain('aria-busy="true"')
    expect(html).toContain(`${title} is being loaded.`)
    const heights = [...html.matchAll(/class="bone-row" style="height:(\d+)px"/g)].map(([, pixels]) => Number(pixels))
    expect(heights.length).toBeGreaterThan(4)
    expect(new Set(heights)).toEqual(new Set([height]))
  })

  it('shows nothing for the first 400 ms', () =>
    expect(readFileSync('components/ui/messages.css', 'utf8')).toMatch(
      /\.skeleton \{\s+animation: appear 200ms 400ms backwards;/,
    ))
})
