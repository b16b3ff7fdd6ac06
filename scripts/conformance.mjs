// npm run conformance: rules and portal beside counted events, in real engines.
import { spawn } from 'node:child_process'
import { bootstrap, root, typescript } from './bootstrap.mjs'

process.stdout.write('\n  Headroom: conformance\n\n')
await bootstrap()
const args = [...typescript('scripts/conformance.ts'), ...process.argv.slice(2)]
const suite = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => suite.kill(signal))
suite.on('exit', (code) => process.exit(code ?? 1))
