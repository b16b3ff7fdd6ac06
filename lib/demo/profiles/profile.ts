import type { Characteristics } from '../../service/characteristics'
import type { ServiceContext } from '../../service/definition-input'

/** What the people of the demo have written down about a service. */
export type DemoProfile = {
  context: ServiceContext
  characteristics: Partial<Characteristics>
  /** slugs of the services it needs */
  needs: string[]
}
