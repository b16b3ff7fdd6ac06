'use client'
import { useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuCheck } from '@/components/ui/menu'
import { SearchList, SearchListCheck } from '@/components/ui/search-list'
import { type Facet, facetsMatching } from '@/lib/slo/overview-summary'

type Props = { name: string; facets: Facet[]; chosen: string[]; onChange: (chosen: string[]) => void }

/** More values than this are searched, not read. */
const MANY = 20
const SHOWN = 100

/** The values of one filter. Of many values the most frequent are listed, and every one can be found by typing. */
export function FacetMenu({ name, facets, chosen, onChange }: Props) {
  const [words, setWords] = useState('')
  const title = chosen.length === 0 ? name : chosen.length === 1 ? `${name}: ${chosen[0]}` : `${name}: ${chosen.length}`
  const trigger = (
    <button type="button" className={`chip ${chosen.length > 0 ? 'chip-on' : ''}`} title={chosen.length > 0 ? title : undefined}>
      <span>{title}</span>
      <Icon name="down" />
    </button>
  )
  const checkOf = ({ value, count }: Facet) => ({
    ...{ checked: chosen.includes(value), count, children: value },
    onChange: () => onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]),
  })
  if (facets.length <= MANY)
    return (
      <Menu trigger={trigger}>
        {facets.map((facet) => (
          <MenuCheck key={facet.value} {...checkOf(facet)} />
        ))}
      </Menu>
    )
  const found = facetsMatching(facets, words, chosen)
  return (
    <SearchList trigger={trigger} label={`Find a value of ${name}`} words={words} onWords={setWords}>
      {found.slice(0, SHOWN).map((facet) => (
        <SearchListCheck key={facet.value} {...checkOf(facet)} />
      ))}
      {found.length === 0 ? <p className="menu-note">No value has these words.</p> : null}
      {found.length > SHOWN ? <p className="menu-note">{found.length - SHOWN} more: type to find them.</p> : null}
    </SearchList>
  )
}
