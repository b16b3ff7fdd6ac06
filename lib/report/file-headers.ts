/** A report is one file that needs nothing else: no script runs in it, and nothing is fetched, whoever wrote its words. */
export const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"

export const fileHeaders = (type: string, name: string): Record<string, string> => ({
  'content-type': `${type}; charset=utf-8`,
  'content-disposition': `inline; filename="${name}"`,
  'content-security-policy': FILE_POLICY,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
})
