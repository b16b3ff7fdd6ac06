import { NewLink } from './new-link'

export const NewSloLink = ({ service }: { service?: string }) => (
  <NewLink href={service ? `/slos/new?service=${service}` : '/slos/new'} name="New SLO" />
)
