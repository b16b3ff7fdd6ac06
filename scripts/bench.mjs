// npm run bench: ratios from one run, printed and written to bench/results/latest.json.
import { spawn } from 'node:child_process'
import { bootstrap, root, typescript } from './bootstrap.mjs'

process.stdout.write('\n  Headroom: bench\n\n')
await bootstrap()
const bench = spawn(process.execPath, [...typescript('bench/main.ts'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bench.kill(signal))
bench.on('exit', (code) => process.exit(code ?? 1))
