import type { TranscriptEntry } from '@/protocol/transcript'

/**
 * What this page has of the transcript: grows by what the room tells, and asks for what is missing. After a restart of
 * the server the last entries may be gone or others than the page has seen: what the server says counts.
 */
export class TranscriptLog {
  private known: readonly TranscriptEntry[] = []
  /** The number after which was asked last; null when nothing is awaited. */
  private asked: number | null = null

  constructor(private readonly ask: (after: number) => void) {}

  get entries(): readonly TranscriptEntry[] {
    return this.known
  }

  /** A new connection: what was asked on the former one is not answered any more. */
  handleWelcome(size: number): void {
    this.asked = null
    this.known = this.known.slice(0, size)
    // The last entry comes again, so that it is seen whether it is still the same.
    if (size > 0) this.askAfter(Math.max(0, this.known.length - 1))
  }

  /** Another room: nothing of the former one's transcript is of this one. */
  forget(): void {
    this.asked = null
    this.known = []
  }

  /** The room says how many there are. */
  handleSize(size: number): void {
    if (size > this.known.length && this.asked === null) this.askAfter(this.known.length)
  }

  handleEntries(entries: readonly TranscriptEntry[], size: number): void {
    const first = entries[0]?.number ?? size
    const answered = this.asked !== null && first === this.asked + 1
    if (answered || entries.length === 0) this.asked = null
    for (const entry of entries) this.take(entry)
    this.known = this.known.slice(0, size)
    if (this.known.length < size && this.asked === null) this.askAfter(this.known.length)
  }

  /** Too much was asked at once. */
  askAgain(): void {
    if (this.asked !== null) this.ask(this.asked)
  }

  private take(entry: TranscriptEntry): void {
    const { length } = this.known
    if (entry.number > length + 1) return
    if (entry.number <= length && JSON.stringify(this.known[entry.number - 1]) === JSON.stringify(entry)) return
    this.known = [...this.known.slice(0, entry.number - 1), entry]
  }

  private askAfter(number: number): void {
    this.asked = number
    this.ask(number)
  }
}
