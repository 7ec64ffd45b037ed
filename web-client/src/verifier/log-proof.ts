import { hex, joined, same, unbase64, utf8 } from './bytes'
import { includes, leafHash } from './merkle'
import { Sha256 } from './sha256'
import { keyOfInfo, verify, type Verdict } from './signature'

/** Who signs notes (C2SP signed-note): a log, or a witness of one. */
interface NoteKey {
  readonly name: string
  readonly witness: boolean
  readonly id: Uint8Array
  readonly info: Uint8Array<ArrayBuffer>
}

export interface LogPlace {
  readonly log: string
  readonly index: number
  readonly size: number
  readonly witnesses: readonly { readonly name: string; readonly at: string }[]
  readonly signature: Verdict
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const DER_PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0)

/** Checks that the log holds the entry (C2SP tlog-proof); throws with what is wrong. */
export async function checkLogProof(proof: string, keyLines: string, entry: Uint8Array): Promise<LogPlace> {
  const [log, ...witnesses] = keyLines.split('\n').slice(0, -1).map(noteKey)
  if (log === undefined || log.witness) throw new Error('there is no key of a log')
  const gap = proof.indexOf('\n\n')
  const [header, indexLine = '', ...path] = proof.slice(0, gap).split('\n')
  if (header !== HEADER || gap < 0) throw new Error('not a tlog-proof')
  const index = decimal(indexLine.replace(/^index /, ''))
  const note = proof.slice(gap + 2)
  const end = note.indexOf('\n\n')
  const body = note.slice(0, end + 1)
  const lines = body.split('\n')
  const [origin = '', sizeLine = '', rootLine = ''] = lines
  if (end < 0 || lines.length !== 4 || !note.endsWith('\n')) throw new Error('not a checkpoint')
  if (indexLine !== `index ${index}`) throw new Error('no index')
  const size = decimal(sizeLine)
  const root = coded(rootLine)
  const signatures = note.slice(end + 2)
  if (origin !== log.name) throw new Error(`a checkpoint of ${origin}, not of ${log.name}`)
  const signed = signatureOf(signatures, log)
  if (signed === null) throw new Error('the checkpoint is not signed by the log')
  const verdict = await verify(keyOfInfo(log.info), utf8(body), signed)
  if (verdict === 'bad') throw new Error('the checkpoint is not rightly signed by the log')
  if (!includes(Sha256.of, leafHash(Sha256.of, entry), index, size, path.map(coded), hex(root))) {
    throw new Error(`entry ${index} is not the one that the log holds there`)
  }
  const seen: { name: string; at: string }[] = []
  for (const witness of witnesses) {
    const at = await cosigned(signatures, witness, body)
    if (at !== null) seen.push({ name: witness.name, at })
  }
  return { log: log.name, index, size, witnesses: seen, signature: verdict }
}

/** When a witness saw the checkpoint (C2SP tlog-cosignature v1); null when he did not sign it. */
async function cosigned(signatures: string, witness: NoteKey, body: string): Promise<string | null> {
  const signature = signatureOf(signatures, witness)
  if (!witness.witness || signature?.length !== 72) return null
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
  const message = utf8(`cosignature/v1\ntime ${seconds}\n${body}`)
  const verdict = await verify(keyOfInfo(witness.info), message, signature.slice(8))
  return verdict === 'good' ? new Date(Number(seconds) * 1_000).toISOString() : null
}

function signatureOf(lines: string, key: NoteKey): Uint8Array<ArrayBuffer> | null {
  const start = `\u2014 ${key.name} `
  for (const line of lines.split('\n')) {
    const bytes = line.startsWith(start) ? unbase64(line.slice(start.length)) : null
    if (bytes !== null && same(bytes.slice(0, 4), key.id)) return bytes.slice(4)
  }
  return null
}

function noteKey(line: string): NoteKey {
  const [name = '', id = '', ...rest] = line.split('+')
  const key = unbase64(rest.join('+'))
  if (key?.length !== 33) throw new Error('not the key of an Ed25519 signer')
  const computed = Sha256.of(utf8(`${name}\n`), key).slice(0, 4)
  if (hex(computed) !== id) throw new Error('a key whose id is not its own')
  return { name, witness: key[0] === 4, id: computed, info: joined(DER_PREFIX, key.slice(1)) }
}

function coded(line: string): Uint8Array<ArrayBuffer> {
  const bytes = unbase64(line)
  if (bytes?.length !== 32) throw new Error('not a hash')
  return bytes
}

function decimal(digits: string): number {
  if (!/^(0|[1-9]\d{0,14})$/.test(digits)) throw new Error('not a number')
  return Number(digits)
}

