import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/**
 * A way to another page. Pages are made for whoever asks, when they ask: nothing of them could be loaded ahead that makes a click
 * faster, and each page would ask twice for every link in view.
 */
export const Link = (props: ComponentProps<typeof NextLink>) => <NextLink {...props} prefetch={false} />
