import { Icon } from '@/components/ui/icon'
import { Menu, MenuLink } from '@/components/ui/menu'
import { TAKEN_KINDS, TAKEN_WORDS, takenAddress } from '@/lib/slo-as-code/taken-kind'

/** The SLOs of a service as files. */
export const TakeOutMenu = ({ service }: { service: string }) => (
  <Menu
    end
    trigger={
      <button type="button" className="btn" aria-label="Export its SLOs">
        Export
        <Icon name="down" />
      </button>
    }
  >
    {TAKEN_KINDS.map((kind) => (
      <MenuLink key={kind} href={takenAddress(kind, service)} download>
        {TAKEN_WORDS[kind]}
      </MenuLink>
    ))}
  </Menu>
)

/** All SLOs as files. */
export const TakeOutAll = () => (
  <section className="panel out-all" aria-labelledby="out-all">
    <h2 id="out-all">Take everything out</h2>
    <p>All SLOs of the portal as one file of a kind. Each SLO and each service has its own under Export.</p>
    <p className="drop-ways">
      {TAKEN_KINDS.map((kind) => (
        <a key={kind} className="btn" href={takenAddress(kind)} download>
          <Icon name="save" />
          {TAKEN_WORDS[kind]}
        </a>
      ))}
    </p>
  </section>
)
