import { hex } from '@/verifier/bytes'
import { number, string } from '@/verifier/json'
import { type Ledger, readLedger } from '@/verifier/ledger'
import { Sha256 } from '@/verifier/sha256'

/** A stretch of the original recording that one hash in the ledger vouches for. */
export interface Chunk {
  readonly number: number
  readonly fromMs: number
  readonly toMs: number
}

/** Where a person's sound or picture is missing, and why, as the ledger tells. */
export interface LedgerGap {
  readonly seatId: string
  readonly kind: string
  readonly fromMs: number
  readonly toMs: number
  readonly cause: string
  /** What the mediator said of it. */
  readonly reason?: string
}

/** What the page learns; `ledger` comes once, before any `chunk`. */
export type IntegrityNews =
  | { readonly news: 'gaps'; readonly gaps: readonly LedgerGap[] }
  | { readonly news: 'ledger'; readonly chunks: readonly Chunk[]; readonly good: boolean }
  | { readonly news: 'chunk'; readonly number: number; readonly good: boolean }
  | { readonly news: 'unable' }

export interface IntegritySubject {
  readonly ledgerUrl: string
  /** A chunk's address without its number. */
  readonly chunksUrl: string
  /** What everybody saw when the session ended. */
  readonly rootHash: string
}

/** So much is checked ahead of what plays. */
const AHEAD_MS = 20_000

interface Expected extends Chunk {
  readonly sha256: string
}

/**
 * Checks the recording piece by piece as it is replayed: the ledger against the root that everybody saw, each chunk
 * against the ledger. It asks the server for bytes only and believes none of its words.
 */
export class IntegrityCheck {
  private chunks: readonly Expected[] = []
  private readonly verdicts = new Map<number, boolean>()
  private wantedMs = 0
  private everything = false
  private resting = false
  private running = false

  constructor(
    private readonly subject: IntegritySubject,
    private readonly get: (url: string) => Promise<Response>,
    private readonly tell: (news: IntegrityNews) => void,
  ) {}

  async open(): Promise<void> {
    const bytes = await this.bytes(this.subject.ledgerUrl)
    if (bytes === null) return this.tell({ news: 'unable' })
    this.tell({ news: 'gaps', gaps: gapsOf(bytes) })
    const ledger = attempt(() => readLedger(bytes))
    this.chunks = ledger === null ? [] : (attempt(() => chunksOf(ledger)) ?? [])
    const good = ledger?.rootHash === this.subject.rootHash && this.chunks.length > 0
    this.tell({ news: 'ledger', good, chunks: this.chunks.map(({ number: index, fromMs, toMs }) => ({ number: index, fromMs, toMs })) })
    if (!good) this.chunks = []
    await this.run()
  }

  /** The replay is here now. */
  async look(atMs: number): Promise<void> {
    this.wantedMs = atMs
    this.resting = false
    await this.run()
  }

  /** Somebody seeks: pictures go first. It goes on with the next look. */
  rest(): void {
    this.resting = true
  }

  /** Goes through the whole recording, whether it is replayed or not. */
  async all(): Promise<void> {
    this.everything = true
    this.resting = false
    await this.run()
  }

  private async run(): Promise<void> {
    if (this.running) return
    this.running = true
    for (let chunk = this.next(); chunk !== undefined && !this.resting; chunk = this.next()) {
      const good = await this.isGood(chunk)
      this.verdicts.set(chunk.number, good)
      this.tell({ news: 'chunk', number: chunk.number, good })
    }
    this.running = false
  }

  private next(): Expected | undefined {
    const open = (chunk: Expected): boolean => !this.verdicts.has(chunk.number)
    const near = (chunk: Expected): boolean => chunk.toMs > this.wantedMs && chunk.fromMs < this.wantedMs + AHEAD_MS
    return this.chunks.find((chunk) => near(chunk) && open(chunk)) ?? (this.everything ? this.chunks.find(open) : undefined)
  }

  private async isGood({ number: index, sha256 }: Expected): Promise<boolean> {
    const bytes = await this.bytes(`${this.subject.chunksUrl}/${index}`)
    return bytes !== null && (await sha256Of(bytes)) === sha256
  }

  /** Null when the server does not give it. */
  private async bytes(url: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const answer = await this.get(url)
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null
    } catch {
      return null
    }
  }
}

/** The browser's own hash is there on secure pages only. */
async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (globalThis.crypto.subtle === undefined) return hex(Sha256.of(bytes))
  return hex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes)))
}

function chunksOf(ledger: Ledger): readonly Expected[] {
  return ledger.entries
    .filter(({ type }) => type === 'chunk-sealed')
    .map(({ payload }) => ({
      number: number(payload, 'number'),
      fromMs: number(payload, 'fromMillis'),
      toMs: number(payload, 'toMillis'),
      sha256: string(payload, 'sha256'),
    }))
}

/** Read before the chain is checked: whoever presses play must see at once why a picture is missing. */
function gapsOf(ledger: Uint8Array): readonly LedgerGap[] {
  const gaps: LedgerGap[] = []
  for (const line of new TextDecoder().decode(ledger).split('\n')) {
    if (!line.includes('"source-gap"')) continue
    const gap = attempt(() => gapOf(JSON.parse(line)))
    if (gap !== null) gaps.push(gap)
  }
  return gaps
}

function gapOf(entry: { type: unknown; payload: Record<string, unknown> }): LedgerGap | null {
  const { payload } = entry
  return entry.type !== 'source-gap'
    ? null
    : {
        seatId: string(payload, 'seatId'),
        kind: string(payload, 'kind'),
        fromMs: number(payload, 'fromMillis'),
        toMs: number(payload, 'toMillis'),
        cause: string(payload, 'cause'),
        ...(payload['reason'] === undefined ? {} : { reason: string(payload, 'reason') }),
      }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
