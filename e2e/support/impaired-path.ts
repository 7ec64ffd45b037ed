import { createSocket, type Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

/** One direction of a network. */
export interface Conditions {
  /** Share of the datagrams that never arrive, 0 to 1. */
  readonly loss: number
  /** Added to the way of each datagram, in milliseconds. */
  readonly delayMs: number
  /** What the line carries; more waits in the queue before it, and what finds the queue full is lost. */
  readonly kilobitsPerSecond: number
}

export const GOOD: Conditions = { loss: 0, delayMs: 0, kilobitsPerSecond: Infinity }

/** What the queue before a line holds, in milliseconds of that line: home routers and phones have this and more. */
const QUEUE_MS = 400
/** Ethernet, IPv4 and UDP headers: they take room on the line as well. */
const HEADER_BYTES = 42

/** One direction: datagrams leave it in the order in which they came, one after the other. */
class Line {
  private readonly waiting: { readonly at: number; readonly deliver: () => void }[] = []
  private freeAt = 0
  private timer: NodeJS.Timeout | undefined

  /** False when the queue is full and the datagram is lost. */
  carry(bytes: number, { delayMs, kilobitsPerSecond }: Conditions, deliver: () => void): boolean {
    const now = performance.now()
    const begin = Math.max(now, this.freeAt)
    if (begin - now > QUEUE_MS) return false
    this.freeAt = begin + ((bytes + HEADER_BYTES) * 8) / kilobitsPerSecond
    this.waiting.push({ at: this.freeAt + delayMs, deliver })
    if (this.timer === undefined) this.wait(now)
    return true
  }

  close(): void {
    clearTimeout(this.timer)
    this.waiting.length = 0
  }

  private wait(now: number): void {
    const next = this.waiting[0]
    this.timer = next === undefined ? undefined : setTimeout(() => this.deliver(), Math.max(0, next.at - now))
  }

  private deliver(): void {
    const now = performance.now()
    for (let next = this.waiting[0]; next !== undefined && next.at <= now; next = this.waiting[0]) {
      this.waiting.shift()
      next.deliver()
    }
    this.wait(now)
  }
}

/**
 * A bad network in user space, for machines whose kernel has no netem: datagrams to its port go on to the target and
 * the answers come back, with loss, delay and a limited rate. The seed makes the losses of each run the same sequence.
 */
export class ImpairedPath {
  up: Conditions = GOOD
  down: Conditions = GOOD
  readonly dropped = { up: 0, down: 0 }
  readonly passed = { up: 0, down: 0 }
  private readonly clients = new Map<string, Socket>()
  private readonly lines = { up: new Line(), down: new Line() }
  private random = 20_261_121

  private constructor(
    private readonly entry: Socket,
    private readonly target: number,
  ) {
    entry.on('message', (datagram, from) => {
      const outlet = this.outlet(from.port, from.address)
      this.carry('up', datagram, () => outlet.send(datagram, target, '127.0.0.1'))
    })
  }

  static async open(targetPort: number): Promise<ImpairedPath> {
    const entry = await bound()
    return new ImpairedPath(entry, targetPort)
  }

  get port(): number {
    return (this.entry.address() as AddressInfo).port
  }

  close(): void {
    this.lines.up.close()
    this.lines.down.close()
    this.entry.close()
    for (const outlet of this.clients.values()) outlet.close()
  }

  /** One socket towards the target for each client, so that the answers find their way back. */
  private outlet(port: number, address: string): Socket {
    const known = this.clients.get(`${address}:${port}`)
    if (known !== undefined) return known
    const outlet = createSocket('udp4')
    outlet.on('message', (datagram) => this.carry('down', datagram, () => this.entry.send(datagram, port, address)))
    this.clients.set(`${address}:${port}`, outlet)
    return outlet
  }

  private carry(way: 'up' | 'down', datagram: Buffer, deliver: () => void): void {
    const passes = this.nextRandom() >= this[way].loss && this.lines[way].carry(datagram.length, this[way], deliver)
    this[passes ? 'passed' : 'dropped'][way]++
  }

  /** Mulberry32. */
  private nextRandom(): number {
    this.random = (this.random + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.random ^ (this.random >>> 15), this.random | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function bound(): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = createSocket('udp4')
    socket.once('error', fail)
    socket.bind(0, '127.0.0.1', () => done(socket))
  })
}
