import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CHROMIUM = process.env['HEYI_TEST_CHROMIUM'] ?? '/usr/bin/chromium'
/** Addresses for documentation (RFC 5737): they exist nowhere else. */
export const SERVER_ADDRESS = '192.0.2.1'
const WIFI_ADDRESS = '192.0.2.2'
const MOBILE_ADDRESS = '192.0.2.77'
const PREFIX = 24

/**
 * A server and a phone in network namespaces of their own, joined by one cable that a story cuts and changes: no
 * packet leaves the machine, and none of an outage is imitated. Needs root and a kernel that gives namespaces.
 */
export class PhoneNetwork {
  private readonly directory = mkdtempSync(join(tmpdir(), 'heyi-net-'))
  private readonly server = `heyi-s-${process.pid}`
  private readonly phone = `heyi-p-${process.pid}`

  /** Why this machine cannot have one; null when it can. */
  static missing(): string | null {
    if (process.getuid?.() !== 0) return 'network namespaces need root'
    const probe = `heyi-probe-${process.pid}`
    try {
      run('ip', 'netns', 'add', probe)
      run('ip', 'netns', 'exec', probe, 'nft', 'list', 'ruleset')
      return null
    } catch (failure) {
      return `no network namespaces here: ${failure instanceof Error ? failure.message.split('\n')[0] : ''}`
    } finally {
      try {
        run('ip', 'netns', 'del', probe)
      } catch {
        // It was never made.
      }
    }
  }

  constructor() {
    run('ip', 'netns', 'add', this.server)
    run('ip', 'netns', 'add', this.phone)
    run('ip', 'link', 'add', 'cable', 'netns', this.server, 'type', 'veth', 'peer', 'name', 'wlan0', 'netns', this.phone)
    for (const [space, device, address] of [
      [this.server, 'cable', SERVER_ADDRESS],
      [this.phone, 'wlan0', WIFI_ADDRESS],
    ] as const) {
      run('ip', '-n', space, 'link', 'set', 'lo', 'up')
      run('ip', '-n', space, 'address', 'add', `${address}/${PREFIX}`, 'dev', device)
      run('ip', '-n', space, 'link', 'set', device, 'up')
    }
  }

  /** A command line that runs in the server's namespace. */
  onServer(command: readonly string[]): string[] {
    return ['ip', 'netns', 'exec', this.server, ...command]
  }

  /** Chromium on the phone, as an executable for Playwright, which talks to it through a pipe. */
  phoneBrowser(): string {
    return this.wrapped(this.phone)
  }

  deskBrowser(): string {
    return this.wrapped(this.server)
  }

  /** Every packet is lost on the way, and nobody is told: a lift, a tunnel. */
  cut(): void {
    this.nft('add', 'table', 'inet', 'outage')
    for (const hook of ['input', 'output']) {
      this.nft('add', 'chain', 'inet', 'outage', hook, `{ type filter hook ${hook} priority 0 ; policy drop ; }`)
    }
  }

  mend(): void {
    this.nft('delete', 'table', 'inet', 'outage')
  }

  /** From Wi-Fi to the mobile network: the old address is gone, another one comes. */
  changeAddress(): void {
    run('ip', '-n', this.phone, 'address', 'flush', 'dev', 'wlan0')
    run('ip', '-n', this.phone, 'address', 'add', `${MOBILE_ADDRESS}/${PREFIX}`, 'dev', 'wlan0')
  }

  remove(): void {
    run('ip', 'netns', 'del', this.phone)
    run('ip', 'netns', 'del', this.server)
    rmSync(this.directory, { recursive: true, force: true })
  }

  private nft(...words: string[]): void {
    run('ip', 'netns', 'exec', this.phone, 'nft', ...words)
  }

  private wrapped(space: string): string {
    const script = join(this.directory, space)
    writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${space} ${CHROMIUM} "$@"\n`)
    chmodSync(script, 0o755)
    return script
  }
}

function run(command: string, ...words: string[]): void {
  execFileSync(command, words, { stdio: ['ignore', 'ignore', 'pipe'] })
}
