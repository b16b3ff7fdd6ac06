// npm start, npm run dev: everything Headroom needs, on this machine, in one go.
import { spawn } from 'node:child_process'
import { bootstrap, root, typescript } from './bootstrap.mjs'

process.stdout.write('\n  Headroom\n\n')
await bootstrap()
const world = spawn(process.execPath, [...typescript('scripts/world/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
// The terminal sends Ctrl-C to all of us, npm passes it on once more: the world takes what comes at once for one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => world.kill(signal))
world.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
