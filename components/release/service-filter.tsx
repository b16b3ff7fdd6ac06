'use client'
import { useRouter } from 'next/navigation'

type Props = { services: { slug: string; name: string }[]; service: string | undefined }

export function ServiceFilter({ services, service }: Props) {
  const router = useRouter()
  if (services.length < 2 && !service) return null
  return (
    <div className="n-filter">
      <label>
        <span>Service</span>
        <select
          className="input"
          value={service ?? ''}
          onChange={({ target }) => router.push(target.value ? `/releases/history?service=${target.value}` : '/releases/history')}
        >
          <option value="">all</option>
          {services.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
