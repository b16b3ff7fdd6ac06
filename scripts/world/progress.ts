/** Lines that say what is being done, and how long it took. */
export type Progress = <T>(title: string, work: (say: (note: string) => void) => Promise<T>) => Promise<T>

export const progress: Progress = async (title, work) => {
  const began = Date.now()
  let note = ''
  const live = process.stdout.isTTY
  const show = () => live && process.stdout.write(`\r  … ${title.padEnd(34)} ${note.padEnd(36)}`)
  show()
  const result = await work((text) => {
    note = text
    show()
  })
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${live ? '\r' : ''}  ✓ ${title.padEnd(34)} ${note.padEnd(36)} ${seconds.padStart(6)} s\n`)
  return result
}
