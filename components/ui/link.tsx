import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/**
 * A way to another page. Pages are made for whoever asks, when they ask: nothing but a skeleton could be loaded ahead, and each page
 * would ask twice for every link in view. The links of the frame do so when somebody is about to follow one (frame/place-link.tsx).
 */
export const Link = (props: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) => <NextLink {...props} prefetch={false} />
