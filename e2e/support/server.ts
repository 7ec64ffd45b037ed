import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface Login {
  readonly user: string
  readonly password: string
}

export interface Server {
  readonly base: string
  /** The same with the self-made certificate, as phones on the local network open it. */
  readonly httpsBase: string
  readonly mediatorRoom: string
  readonly mediator: Login
  readonly auditor: Login
  readonly operator: Login
  readonly clerk: Login
  readonly partyLinks: readonly string[]
  /** Everything it printed and logged so far. */
  log(): string
  stop(): Promise<void>
}

export interface ServerOptions {
  /** Runs the command elsewhere, as in a network namespace. */
  readonly wrap?: (command: string[]) => string[]
  readonly mediaAddress?: string
  /** Further environment variables. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A Jitsi Videobridge that carries the media instead of the embedded bridge, and this machine's address as it sees it. */
const { HEYI_TEST_JVB_URL: bridge, HEYI_TEST_MEDIA_ADDRESS: ownAddress = '127.0.0.1' } = process.env

/** Starts `./heyi up` on free ports and an empty data directory, and reads what it prints for the newcomer. */
export async function startServer({
  wrap = (command) => command,
  mediaAddress = ownAddress,
  settings = {},
}: ServerOptions = {}): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), 'heyi-e2e-'))
  const [port, httpsPort] = await Promise.all([freePort(), freePort()])
  const root = resolve(import.meta.dirname, '../..')
  const [program = '', ...words] = wrap(['./heyi', 'up', '--port', String(port), '--https-port', String(httpsPort), '--data', data])
  const child = spawn(program, words, {
    cwd: root,
    env: {
      ...process.env,
      HEYI_DATABASE_BINARIES: join(root, 'target/postgresql'),
      HEYI_MEDIA_UDP_PORT: '0',
      HEYI_MEDIA_ADDRESSES: mediaAddress,
      HEYI_MEDIA_BRIDGES: bridge ?? '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  await addresses(child, lines)
  return {
    ...read(lines, `http://localhost:${port}`),
    httpsBase: `https://${mediaAddress}:${httpsPort}`,
    log: () => lines.join('\n'),
    stop: async () => {
      await ended(child)
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** Collects what the server prints; resolves once the last line of the start is there. */
function addresses(child: ChildProcess, lines: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const collect = (line: string): void => {
      lines.push(line)
      if (line.includes('Ctrl-C stops')) done()
    }
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', collect)
    if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
    child.on('exit', (code) => fail(new Error(`heyi up ended with ${code}:\n${lines.join('\n')}`)))
    child.on('error', fail)
  })
}

function read(lines: readonly string[], base: string): Omit<Server, 'stop' | 'log' | 'httpsBase'> {
  const text = lines.join('\n')
  const room = /Mediator\s+(\S+)/.exec(text)?.[1]
  const logins = [...text.matchAll(/user (\S+), password (\S+)/g)].map(([, user = '', password = '']) => ({ user, password }))
  const partyLinks = [...text.matchAll(/(?:Applicant|Respondent)\s+(\S+)/g)].map(([, link = '']) => link)
  const [mediator, auditor, operator, clerk] = logins
  if (room === undefined || mediator === undefined || auditor === undefined || operator === undefined || clerk === undefined || partyLinks.length !== 2) {
    throw new Error(`heyi up printed other addresses than expected:\n${text}`)
  }
  return { base, mediatorRoom: room, mediator, auditor, operator, clerk, partyLinks }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGINT')
  })
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.on('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}
