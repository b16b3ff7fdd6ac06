/** A sentence in which what matters stands between two asterisks. */
export function StrongText({ children }: { children: string }) {
  return children.split('**').map((part, i) => (i % 2 === 1 ? <b key={`${i} ${part}`}>{part}</b> : part))
}
