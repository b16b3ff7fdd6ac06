export const ROLES = ['viewer', 'engineer', 'slo_owner', 'product_owner', 'administrator'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'Viewer',
  engineer: 'Engineer',
  slo_owner: 'SLO owner',
  product_owner: 'Product owner',
  administrator: 'Administrator',
}
