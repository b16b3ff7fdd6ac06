// Ends what the world started when the world itself is gone, however it went. It learns process ids on its input;
// the end of that input without a farewell means that nobody else will clean up.
import { createInterface } from 'node:readline'

const kept = []
let farewell = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line)
  if (message.farewell) farewell = true
  else if (message.ended)
    kept.splice(
      kept.findIndex(({ pid }) => pid === message.ended),
      1,
    )
  else kept.push(message)
}
if (!farewell) {
  for (const { pid, signal, group } of kept.reverse()) {
    send(group ? -pid : pid, signal)
    for (let i = 0; i < 100 && alive(pid); i += 1) await new Promise((resolve) => setTimeout(resolve, 100))
    if (alive(pid)) send(group ? -pid : pid, 'SIGKILL')
  }
}

function send(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch {
    // it has ended by itself
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
