// npm start, npm run dev: everything Headroom needs, on this machine, in one go.
import { spawn } from 'node:child_process'
import { bootstrap, root, typescript } from './bootstrap.mjs'

process.stdout.write('\n  Headroom\n\n')
await bootstrap()
const world = spawn(process.execPath, [...typescript('scripts/world/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
// The terminal sends Ctrl-C to both; only the world has something to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) world.kill(signal)
  })
world.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
