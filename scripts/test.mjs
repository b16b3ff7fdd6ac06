// npm test: sets up what the tests need, then runs all of them.
import { spawn } from 'node:child_process'
import { bootstrap, root, typescript } from './bootstrap.mjs'

process.stdout.write('\n  Headroom: all tests\n\n')
await bootstrap()
const suite = spawn(process.execPath, typescript('scripts/suite.ts'), { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => suite.kill(signal))
suite.on('exit', (code) => process.exit(code ?? 1))
