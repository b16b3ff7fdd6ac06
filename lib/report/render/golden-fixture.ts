import { createHash } from 'node:crypto'
import { plainSummary } from '../plain-words'
import { renderCsv } from './csv'
import { renderHtml } from './html'
import { renderJson } from './json'
import { FIXTURES } from './many-fixture'

/** Run by a test in processes of their own: prints the hash of every format of every fixture. */
const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const hashes = Object.entries(FIXTURES).flatMap(([name, make]) => {
  const report = make()
  return [
    [`${name}.html`, sha(renderHtml(report))],
    [`${name}.json`, sha(renderJson(report))],
    [`${name}.csv`, sha(renderCsv(report))],
    [`${name} in plain words`, sha(JSON.stringify(plainSummary(report)))],
  ]
})
process.stdout.write(JSON.stringify(Object.fromEntries(hashes)))
