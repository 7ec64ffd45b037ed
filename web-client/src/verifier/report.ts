/** What checking a package gave; the same kinds as the server's verifier has. */
export type FindingKind = 'ALTERED' | 'MISSING' | 'UNKNOWN' | 'REORDERED' | 'UNREADABLE' | 'CONTRADICTION'

export interface Finding {
  readonly object: string
  readonly kind: FindingKind
  readonly message: string
}

/** A sentence in both languages. */
export interface Sentence {
  readonly zh: string
  readonly en: string
}

export interface Report {
  readonly recordingId: string
  readonly rootHash: string
  readonly objects: number
  readonly bytes: number
  readonly proven: readonly Sentence[]
  /** Gaps and interruptions that the record itself names. */
  readonly disclosed: readonly Sentence[]
  readonly notProven: readonly Sentence[]
  /** What this browser cannot check; `./heyi verify` can. */
  readonly unchecked: readonly Sentence[]
  readonly findings: readonly Finding[]
}
