import { createSocket, type Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

/** One direction of a network. */
export interface Conditions {
  /** Share of the datagrams that never arrive, 0 to 1. */
  readonly loss: number
  /** Added to the way of each datagram, in milliseconds. */
  readonly delayMs: number
}

export const GOOD: Conditions = { loss: 0, delayMs: 0 }

/**
 * A bad network in user space, for machines whose kernel has no netem: datagrams to its port go on to the target and
 * the answers come back, with loss and delay. The seed makes the losses of each run the same sequence.
 */
export class ImpairedPath {
  up: Conditions = GOOD
  down: Conditions = GOOD
  readonly dropped = { up: 0, down: 0 }
  readonly passed = { up: 0, down: 0 }
  private readonly clients = new Map<string, Socket>()
  private readonly timers = new Set<NodeJS.Timeout>()
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
    for (const timer of this.timers) clearTimeout(timer)
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
    const { loss, delayMs } = this[way]
    if (this.nextRandom() < loss) {
      this.dropped[way]++
      return
    }
    this.passed[way]++
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      deliver()
    }, delayMs)
    this.timers.add(timer)
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
