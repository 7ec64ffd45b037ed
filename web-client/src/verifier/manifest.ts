import { hex } from './bytes'
import { canonical, type Json, number, objects, parseCanonical, string } from './json'
import type { Ledger, LedgerEntry } from './ledger'
import { NO_HASH } from './ledger'
import { Sha256 } from './sha256'
import { sm3 } from './sm3'

export interface Part {
  /** Name in the package. */
  readonly name: string
  readonly sha256: string
  readonly size: number
}

export interface Manifest {
  readonly recordingId: string
  readonly startedAt: string
  readonly durationMillis: number
  readonly rootHash: string
  readonly rootSm3: string
  readonly chunks: readonly Part[]
  readonly tracks: readonly Part[]
  readonly ledgerSha256: string
}

export function readManifest(bytes: Uint8Array): Manifest {
  const json = parseCanonical(bytes)
  if (string(json, 'format') !== 'heyi-evidence-2') throw new Error('not a manifest of the format heyi-evidence-2')
  const ledger = objectOf(json, 'ledger')
  return {
    recordingId: string(json, 'recordingId'),
    startedAt: string(json, 'startedAt'),
    durationMillis: number(json, 'durationMillis'),
    rootHash: string(ledger, 'rootHash'),
    rootSm3: string(ledger, 'rootSm3'),
    chunks: objects(json, 'chunks').map((chunk) => part(chunk, 'recording/chunks/')),
    tracks: objects(json, 'tracks').map((track) => part(track, 'tracks/')),
    ledgerSha256: string(ledger, 'sha256'),
  }
}

/** The one manifest that follows from a sealed ledger; throws when none does. */
export function deriveManifest(file: Uint8Array, ledger: Ledger): string {
  const first = ledger.entries[0]
  const last = ledger.entries[ledger.entries.length - 1]
  if (first?.type !== 'recording-started' || last?.type !== 'recording-sealed') {
    throw new Error('the ledger does not go from recording-started to recording-sealed')
  }
  requireChain(ledger.entries)
  return canonical({
    format: 'heyi-evidence-2',
    recordingId: string(first.payload, 'recordingId'),
    sessionId: string(first.payload, 'sessionId'),
    class: string(first.payload, 'class'),
    startedAt: string(first.payload, 'startedAt'),
    durationMillis: number(last.payload, 'durationMillis'),
    interrupted: last.payload['interrupted'] === true,
    chunks: payloads(ledger.entries, 'chunk-sealed').map((chunk) => ({ ...chunk, name: chunkName(chunk) })),
    tracks: payloads(ledger.entries, 'track-made').map((track) => ({ ...track, name: `${string(track, 'trackId')}.webm` })),
    ledger: {
      entries: ledger.entries.length,
      sizeBytes: file.length,
      sha256: hex(Sha256.of(file)),
      lastHash: ledger.lastHash,
      rootHash: ledger.rootHash,
      sm3: hex(sm3(file)),
      rootSm3: ledger.rootSm3,
    },
  })
}

function requireChain(entries: readonly LedgerEntry[]): void {
  let previous = NO_HASH
  payloads(entries, 'chunk-sealed').forEach((chunk, at) => {
    if (number(chunk, 'number') !== at || string(chunk, 'previous') !== previous) {
      throw new Error(`chunk ${at} is not chained to the one before`)
    }
    previous = string(chunk, 'sha256')
  })
}

const payloads = (entries: readonly LedgerEntry[], type: string): readonly Json[] =>
  entries.filter((entry) => entry.type === type).map((entry) => entry.payload)

const chunkName = (chunk: Json): string => `${String(number(chunk, 'number')).padStart(6, '0')}.journal`

const part = (json: Json, folder: string): Part => ({
  name: folder + string(json, 'name'),
  sha256: string(json, 'sha256'),
  size: number(json, 'sizeBytes'),
})

function objectOf(json: Json, key: string): Json {
  const value = json[key]
  if (typeof value !== 'object' || value === null) throw new Error(`no ${key}`)
  return { ...value }
}
