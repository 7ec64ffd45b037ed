import { hex } from './bytes'
import { isObject, type Json, number, parseCanonical, string } from './json'
import { merkleRoot } from './merkle'
import { Sha256 } from './sha256'
import { sm3 } from './sm3'

export interface LedgerEntry {
  readonly type: string
  readonly at: string
  /** On the session's clock. */
  readonly offsetMillis: number
  readonly payload: Json
}

export interface Ledger {
  readonly entries: readonly LedgerEntry[]
  readonly lastHash: string
  readonly rootHash: string
  readonly rootSm3: string
}

const FIELDS = 'at,offsetMillis,payload,previous,sequence,type'
export const NO_HASH = '0'.repeat(64)

/** Reads lines that are each canonical, numbered and chained to the one before; throws with what is wrong. */
export function readLedger(file: Uint8Array): Ledger {
  const entries: LedgerEntry[] = []
  const lines: Uint8Array[] = []
  let previous = NO_HASH
  let start = 0
  while (start < file.length) {
    const end = file.indexOf(0x0a, start)
    if (end < 0) throw new Error(`the file ends within line ${entries.length}`)
    const line = file.subarray(start, end)
    const json = parseCanonical(line)
    const { payload } = json
    if (Object.keys(json).sort().join() !== FIELDS || !isObject(payload)) throw new Error(`line ${entries.length} is no entry`)
    if (number(json, 'sequence') !== entries.length) throw new Error(`line ${entries.length} has another number`)
    if (string(json, 'previous') !== previous) throw new Error(`line ${entries.length} does not follow the one before`)
    entries.push({ type: string(json, 'type'), at: string(json, 'at'), offsetMillis: number(json, 'offsetMillis'), payload })
    lines.push(line)
    previous = hex(Sha256.of(line))
    start = end + 1
  }
  return {
    entries,
    lastHash: previous,
    rootHash: hex(merkleRoot(Sha256.of, lines)),
    rootSm3: hex(merkleRoot(sm3, lines)),
  }
}
