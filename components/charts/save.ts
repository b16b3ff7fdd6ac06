import type { Picture } from './picture'

/** Ways of taking something out of the page: as a file, or by the clipboard. */

/** Sharp on paper and on screens with small points. */
const SCALE = 2

/** The picture as a PNG of twice its size. */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: width * SCALE, height: height * SCALE })
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be drawn.'))), 'image/png'),
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}

export function download(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob)
  Object.assign(document.createElement('a'), { href, download: name }).click()
  // The browser reads the file a moment later.
  setTimeout(() => URL.revokeObjectURL(href), 10_000)
}

/** True when it is in the clipboard; false when the browser does not let the page. */
export async function copied(items: Record<string, Blob>): Promise<boolean> {
  try {
    const known = Object.entries(items).filter(([type]) => ClipboardItem.supports?.(type) ?? type !== 'image/svg+xml')
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(known))])
    return true
  } catch {
    return false
  }
}

/** A name for a file out of words. */
export const fileName = (...words: string[]): string =>
  words
    .join(' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 120)
