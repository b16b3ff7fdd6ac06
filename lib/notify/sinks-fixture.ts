import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** Receivers for tests: they keep what arrives, and answer as they are told. */
export type Received = { path: string; headers: IncomingHttpHeaders; body: string }
/** `breaks`: after the body the connection is cut, or never closed, though more was promised */
type Answer = { status: number; body?: string; headers?: Record<string, string>; breaks?: 'cut' | 'hangs' }
export type HttpSink = {
  url: string
  received: Received[]
  /** what it answers; a request that has no answer hangs */
  answer: (request: Received) => Answer | null
  close: () => Promise<void>
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

export async function httpSink(): Promise<HttpSink> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const received = { path: request.url ?? '', headers: request.headers, body }
      sink.received.push(received)
      const said = sink.answer(received)
      if (said?.breaks)
        response
          .writeHead(said.status, { 'content-length': 1_000 })
          .write(said.body ?? 'o', () => said.breaks === 'cut' && response.destroy())
      else if (said) response.writeHead(said.status, said.headers).end(said.body ?? '')
    })
  })
  const sink: HttpSink = {
    url: `http://127.0.0.1:${await listening(server)}`,
    received: [],
    answer: () => ({ status: 200, body: 'ok' }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return sink
}

export type Mail = { from: string; to: string[]; source: string; signedIn: string | undefined }
/** `mute`: it takes mail and never says so */
export type SmtpSink = {
  url: string
  received: Mail[]
  refuse: (address: string) => number | null
  mute: boolean
  close: () => Promise<void>
}

export async function smtpSink(): Promise<SmtpSink> {
  const sink: SmtpSink = { url: '', received: [], refuse: () => null, mute: false, close: async () => {} }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      password === 'word' ? done(null, { user: username }) : done(new Error('535 Wrong password')),
    onRcptTo: ({ address }, _, done) => {
      const responseCode = sink.refuse(address)
      done(responseCode === null ? null : Object.assign(new Error('No such mailbox'), { responseCode }))
    },
    onData: (stream, { envelope, user }, done) => {
      let source = ''
      stream.on('data', (chunk) => {
        source += chunk
      })
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        sink.received.push({ from, to: envelope.rcptTo.map(({ address }) => address), source, signedIn: user })
        if (!sink.mute) done(null, 'kept')
      })
    },
  })
  sink.url = `smtp://headroom:word@127.0.0.1:${await listening(server.server)}`
  sink.close = () => new Promise((resolve) => server.close(() => resolve()))
  return sink
}
