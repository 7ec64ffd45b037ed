import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface TurnServer {
  /** Shared with Heyi. */
  readonly secret: string
  readonly port: number
  readonly tlsPort: number
  /** SHA-256 of the certificate's public key, as Chromium's `--ignore-certificate-errors-spki-list` takes it. */
  readonly publicKeyHash: string
  log(): string
  stop(): Promise<void>
}

const run = promisify(execFile)

/** Starts a coturn of our own, on loopback, with a self-made certificate and the REST secret of Heyi's `turn.secret`. */
export async function startTurnServer(): Promise<TurnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'heyi-turn-'))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  await run('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', cert])
  const spki = new X509Certificate(await readFile(cert)).publicKey.export({ type: 'spki', format: 'der' })
  const [port, tlsPort, cliPort] = await Promise.all([freePort(), freePort(), freePort()])
  const secret = randomBytes(24).toString('hex')
  const lines: string[] = []
  const child = spawn(
    process.env['HEYI_TEST_TURNSERVER'] ?? '/usr/bin/turnserver',
    [
      ['-n', '--log-file=stdout', '--simple-log', '--verbose', `--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'db')}`],
      ['--realm=heyi', '--use-auth-secret', `--static-auth-secret=${secret}`],
      ['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`, `--tls-listening-port=${tlsPort}`],
      [`--cert=${cert}`, `--pkey=${key}`],
      // Peers on loopback are only allowed together with a password for the command line interface.
      ['--allow-loopback-peers', `--cli-password=${randomBytes(12).toString('hex')}`, `--cli-port=${cliPort}`],
    ].flat(),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => lines.push(text.toString()))
  await listening(child, tlsPort, lines)
  return {
    secret,
    port,
    tlsPort,
    publicKeyHash: createHash('sha256').update(spki).digest('base64'),
    log: () => lines.join(''),
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      if (child.kill()) await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** coturn says nothing when it is ready: knock until its last listener opens. */
function listening(child: ChildProcess, port: number, lines: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const give = (reason: string): void => fail(new Error(`${reason}\n${lines.join('')}`))
    child.once('error', (error) => give(error.message))
    child.once('exit', (code) => give(`turnserver ended with ${code}`))
    const knock = (): void => {
      const probe = createConnection(port, '127.0.0.1')
      probe.once('connect', () => {
        probe.destroy()
        done()
      })
      probe.once('error', () => {
        if (child.exitCode === null) setTimeout(knock, 100)
      })
    }
    knock()
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
