/** A path of this portal to go to after signing in; anything else becomes the overview. */
export function safePath(path: string | undefined): string {
  if (!path?.startsWith('/') || /^\/[/\\]/.test(path) || /[\n\r\t]/.test(path) || path.startsWith('/sign-in')) return '/'
  return path
}
