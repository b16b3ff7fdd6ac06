/** The shortest end of each path that tells the file from the others, as editors name their tabs. */
export function fileTails(names: string[]): Map<string, string> {
  const tails = new Map<string, string>()
  let open = [...new Set(names)].map((name) => ({ name, parts: name.split('/') }))
  for (let length = 1; open.length > 0; length++) {
    const alike = new Map<string, typeof open>()
    for (const file of open) {
      const tail = file.parts.slice(-length).join('/')
      alike.set(tail, [...(alike.get(tail) ?? []), file])
    }
    open = []
    for (const [tail, files] of alike)
      if (files.length === 1 && files[0]) tails.set(files[0].name, tail)
      else open.push(...files)
  }
  return tails
}
