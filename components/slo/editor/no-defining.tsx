import { Forbidden } from '@/components/ui/forbidden'

export function NoDefining() {
  return <Forbidden>Engineers, SLO owners and administrators define SLOs. You can read them all.</Forbidden>
}
