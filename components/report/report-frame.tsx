'use client'
import { type RefObject, useEffect } from 'react'

type Props = { html: string; title: string; frame: RefObject<HTMLIFrameElement | null> }

/** The file itself, as it is kept, as high as it is. It may run nothing; its links lead on in this tab. */
export function ReportFrame({ html, title, frame }: Props) {
  useEffect(() => {
    const found = frame.current
    if (!found) return
    let watcher: ResizeObserver | undefined
    const adjust = () => {
      const page = found.contentDocument?.documentElement
      if (page) found.style.height = `${Math.ceil(page.getBoundingClientRect().height)}px`
    }
    const start = () => {
      const page = found.contentDocument?.documentElement
      if (!page) return
      watcher?.disconnect()
      watcher = new ResizeObserver(adjust)
      watcher.observe(page)
      adjust()
    }
    found.addEventListener('load', start)
    // It may have loaded before this page listened.
    if (found.contentDocument?.readyState === 'complete') start()
    return () => {
      found.removeEventListener('load', start)
      watcher?.disconnect()
    }
  }, [frame])
  return (
    <iframe
      ref={frame}
      className="r-frame"
      title={title}
      srcDoc={html}
      sandbox="allow-same-origin allow-modals allow-popups allow-top-navigation-by-user-activation"
    />
  )
}
