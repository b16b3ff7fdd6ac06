/** A sentence in which what matters stands between two asterisks. */
export function StrongText({ children }: { children: string }) {
  let at = 0
  const parts = children.split('**').map((text, i) => {
    at += text.length + 2
    return { at, text, strong: i % 2 === 1 }
  })
  return parts.map((part) => (part.strong ? <b key={part.at}>{part.text}</b> : part.text))
}
