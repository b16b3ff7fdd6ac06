'use client'
import { useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuCheck, MenuSearch } from '@/components/ui/menu'
import { type Facet, facetsMatching } from '@/lib/slo/overview-summary'

type Props = { name: string; facets: Facet[]; chosen: string[]; onChange: (chosen: string[]) => void }

/** More values than this are searched, not read. */
const MANY = 20
const SHOWN = 100

/** The values of one filter. Of many values the most frequent are listed, and every one can be found by typing. */
export function FacetMenu({ name, facets, chosen, onChange }: Props) {
  const [words, setWords] = useState('')
  const title = chosen.length === 0 ? name : chosen.length === 1 ? `${name}: ${chosen[0]}` : `${name}: ${chosen.length}`
  const toggle = (value: string) => onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  const found = facetsMatching(facets, words, chosen)
  return (
    <Menu
      onOpenChange={() => setWords('')}
      trigger={
        <button type="button" className={`chip ${chosen.length > 0 ? 'chip-on' : ''}`}>
          {title}
          <Icon name="down" />
        </button>
      }
    >
      {facets.length > MANY ? <MenuSearch label={`Find a value of ${name}`} value={words} onChange={setWords} /> : null}
      {found.slice(0, SHOWN).map(({ value, count }) => (
        <MenuCheck key={value} checked={chosen.includes(value)} onChange={() => toggle(value)} count={count}>
          {value}
        </MenuCheck>
      ))}
      {found.length === 0 ? <p className="menu-note">No value has these words.</p> : null}
      {found.length > SHOWN ? <p className="menu-note">{found.length - SHOWN} more: type to find them.</p> : null}
    </Menu>
  )
}
