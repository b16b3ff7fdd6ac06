import { measureDefinitions } from './definitions'

// npm run bench:lint: the command line alone, without a database or a browser.

process.stdout.write(`${JSON.stringify(measureDefinitions(), null, 2)}\n`)
