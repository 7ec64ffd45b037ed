import { text, utf8 } from './bytes'
import { certificatesOfPem } from './certificates'
import { Conclusions } from './conclusions'
import type { Der } from './der'
import { canonical, string } from './json'
import { type Ledger, readLedger } from './ledger'
import { checkLogProof, type LogPlace } from './log-proof'
import { deriveManifest, type Manifest, readManifest } from './manifest'
import * as layout from './package-layout'
import type { Finding, FindingKind, Report } from './report'
import { hashBlob, Sha256 } from './sha256'
import { hex } from './bytes'
import { keyOfPem, type PublicKey, verify, type Verdict } from './signature'
import { readTimeStamp, type TimeStamp } from './time-stamp'
import { transcriptText } from './transcript-text'
import { readZip, type ZipEntry } from './zip'

export interface Progress {
  readonly done: number
  readonly total: number
}

/** What was found of the seal. */
export interface Seal {
  readonly key: PublicKey | null
  readonly signature: Verdict
  readonly listSignature: Verdict
  readonly stamp: TimeStamp | null
  readonly place: LogPlace | null
  readonly accesses: Ledger | null
}

/**
 * Checks an evidence package in the browser; whatever is wrong with the file becomes a finding.
 *
 * @param stampRoots certificates of time stamp authorities that the reader has from elsewhere
 */
export async function checkPackage(file: Blob, onProgress: (progress: Progress) => void, stampRoots: readonly Der[] = []): Promise<Report> {
  return new Check(file, stampRoots).run(onProgress)
}

class Check {
  private readonly findings: Finding[] = []
  private readonly hashes = new Map<string, string>()
  private readonly texts = new Map<string, Uint8Array<ArrayBuffer>>()
  private readonly file: Blob

  private readonly stampRoots: readonly Der[]

  constructor(file: Blob, stampRoots: readonly Der[]) {
    this.file = file
    this.stampRoots = stampRoots
  }

  async run(onProgress: (progress: Progress) => void): Promise<Report> {
    const container = await readZip(this.file)
    this.findings.push(...container.findings)
    let done = 0
    for (const entry of container.entries) {
      await this.take(entry, (count) => onProgress({ done: (done += count), total: this.file.size }))
    }
    const ledger = this.attempt(layout.LEDGER, () => readLedger(this.bytes(layout.LEDGER)))
    const manifest = this.attempt(layout.MANIFEST, () => readManifest(this.bytes(layout.MANIFEST)))
    if (ledger !== null) this.compareManifest(ledger)
    const listed = this.readSums()
    if (manifest !== null) this.compareParts(manifest)
    const transcript = ledger === null ? null : transcriptText(ledger.entries)
    if (ledger !== null) this.compareTranscript(transcript)
    this.compareSums(listed)
    this.comparePresence(manifest, listed, transcript !== null)
    const seal = await this.checkSeal(manifest)
    const conclusions = new Conclusions(manifest, ledger, seal, this.hashes)
    const intact = this.findings.length === 0 && manifest !== null
    return {
      recordingId: manifest?.recordingId ?? '',
      rootHash: ledger?.rootHash ?? '',
      objects: this.hashes.size,
      bytes: done,
      proven: intact ? conclusions.proven() : [],
      notProven: intact ? conclusions.notProven() : [],
      disclosed: conclusions.disclosed(),
      unchecked: conclusions.unchecked(),
      findings: this.findings,
    }
  }

  private async take(entry: ZipEntry, onBytes: (count: number) => void): Promise<void> {
    if (this.hashes.has(entry.name)) this.report(entry.name, 'UNKNOWN', 'stands in the package twice')
    const { sha256, crc } = await hashBlob(entry.content, onBytes)
    if (crc !== entry.crc) this.report(entry.name, 'ALTERED', 'does not have the checksum of its header')
    this.hashes.set(entry.name, sha256)
    const large = [layout.CHUNKS, layout.TRACKS, layout.DOCUMENTS].some((folder) => entry.name.startsWith(folder))
    if (!large) this.texts.set(entry.name, new Uint8Array(await entry.content.arrayBuffer()))
  }

  /** The manifest follows from the ledger, byte by byte. */
  private compareManifest(ledger: Ledger): void {
    const derived = this.attempt(layout.LEDGER, () => deriveManifest(this.bytes(layout.LEDGER), ledger))
    if (derived !== null && derived !== text(this.bytes(layout.MANIFEST))) {
      this.report(layout.MANIFEST, 'CONTRADICTION', 'does not follow from the ledger')
    }
  }

  private compareParts(manifest: Manifest): void {
    for (const part of [...manifest.chunks, ...manifest.tracks]) {
      const actual = this.hashes.get(part.name)
      if (actual !== undefined && actual !== part.sha256) {
        this.report(part.name, 'ALTERED', `should be ${part.sha256} but is ${actual}`)
      }
    }
  }

  /** What people read is what the ledger says. */
  private compareTranscript(expected: string | null): void {
    const actual = this.hashes.get(layout.TRANSCRIPT)
    if (actual !== undefined && (expected === null || hex(Sha256.of(utf8(expected))) !== actual)) {
      this.report(layout.TRANSCRIPT, 'CONTRADICTION', 'does not follow from the ledger')
    }
  }

  private readSums(): Map<string, string> {
    const listed = new Map<string, string>()
    for (const line of text(this.bytes(layout.SUMS)).split('\n').slice(0, -1)) {
      const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line)
      if (match?.[1] === undefined || match[2] === undefined) this.report(layout.SUMS, 'ALTERED', 'a line is no hash and name')
      else listed.set(match[2], match[1])
    }
    return listed
  }

  private compareSums(listed: ReadonlyMap<string, string>): void {
    for (const [name, hash] of this.hashes) {
      if (name === layout.SUMS || name === layout.SUMS_SIGNATURE) continue
      const expected = listed.get(name)
      if (expected !== hash) this.report(name, 'ALTERED', `should be ${expected ?? 'listed'} but is ${hash}`)
    }
    const list = [...this.hashes].filter(([name]) => name !== layout.SUMS && name !== layout.SUMS_SIGNATURE)
    const spelled = list.map(([name, hash]) => `${hash}  ${name}\n`).join('')
    if (spelled !== text(this.bytes(layout.SUMS))) {
      this.report(layout.SUMS, 'CONTRADICTION', 'does not list the files in their order')
    }
  }

  private comparePresence(manifest: Manifest | null, listed: ReadonlyMap<string, string>, transcript: boolean): void {
    const fromList = (folder: string): string[] => [...listed.keys()].filter((name) => name.startsWith(folder)).sort()
    const seal = [...new Set([layout.KEY, layout.SIGNATURE, ...fromList(layout.SEAL)])].sort()
    const expected = [
      layout.README,
      layout.MANIFEST,
      layout.LEDGER,
      ...seal,
      ...fromList(layout.VERIFIER),
      ...(manifest?.chunks ?? []).map((part) => part.name),
      ...(manifest?.tracks ?? []).map((part) => part.name),
      ...[...new Set([...fromList(layout.DOCUMENTS), ...(transcript ? [layout.TRANSCRIPT] : [])])].sort(),
      layout.SUMS,
      layout.SUMS_SIGNATURE,
    ]
    for (const name of expected) {
      if (!this.hashes.has(name)) this.report(name, 'MISSING', 'is named and not there')
    }
    for (const name of this.hashes.keys()) {
      if (!expected.includes(name)) this.report(name, 'UNKNOWN', 'is there and named nowhere')
    }
    const present = [...this.hashes.keys()].filter((name) => expected.includes(name))
    const order = expected.filter((name) => this.hashes.has(name))
    const misplaced = present.find((name, at) => name !== order[at])
    if (misplaced !== undefined) this.report(misplaced, 'REORDERED', 'does not stand in its place')
  }

  private async checkSeal(manifest: Manifest | null): Promise<Seal> {
    const key = this.attempt(layout.KEY, () => keyOfPem(text(this.bytes(layout.KEY))))
    const exporter = this.texts.has(layout.EXPORT_KEY)
      ? this.attempt(layout.EXPORT_KEY, () => keyOfPem(text(this.bytes(layout.EXPORT_KEY))))
      : key
    return {
      key,
      signature: await this.checkSignature(key, layout.MANIFEST, layout.SIGNATURE),
      listSignature: await this.checkSignature(exporter, layout.SUMS, layout.SUMS_SIGNATURE),
      stamp: await this.optional(layout.STAMP, async () => {
        const roots = [...this.stampRoots, ...certificatesOfPem(text(this.bytes(layout.STAMP_TRUST)))]
        const stamp = await readTimeStamp(this.bytes(layout.STAMP), this.bytes(layout.MANIFEST), roots)
        if (stamp.signature === 'bad') throw new Error('its signature does not fit')
        return stamp
      }),
      place: await this.checkPlace(manifest),
      accesses: await this.checkAccesses(manifest),
    }
  }

  private async checkSignature(key: PublicKey | null, data: string, name: string): Promise<Verdict> {
    if (key === null || !this.texts.has(data) || !this.texts.has(name)) return 'unable'
    const verdict = await verify(key, this.bytes(data), this.bytes(name))
    if (verdict === 'bad') this.report(name, 'ALTERED', `is no signature of ${key.id} over ${data}`)
    return verdict
  }

  private async checkPlace(manifest: Manifest | null): Promise<LogPlace | null> {
    if (manifest === null) return null
    const entry = canonical({
      type: 'recording-sealed',
      recordingId: manifest.recordingId,
      manifestSha256: hex(Sha256.of(this.bytes(layout.MANIFEST))),
      rootHash: manifest.rootHash,
      rootSm3: manifest.rootSm3,
    })
    return this.optional(layout.LOG_PROOF, () => {
      if (text(this.bytes(layout.LOG_ENTRY)) !== entry) throw new Error(`${layout.LOG_ENTRY} does not follow from the manifest`)
      return this.proof(layout.LOG_PROOF, entry)
    })
  }

  private async checkAccesses(manifest: Manifest | null): Promise<Ledger | null> {
    return this.optional(layout.ACCESS, async () => {
      const accesses = readLedger(this.bytes(layout.ACCESS))
      const first = accesses.entries[0]
      const hash = hex(Sha256.of(this.bytes(layout.MANIFEST)))
      if (first?.type !== 'access-ledger-opened' || string(first.payload, 'manifestSha256') !== hash) {
        throw new Error('is not of this recording')
      }
      const head = canonical({
        type: 'access-head',
        recordingId: manifest?.recordingId ?? '',
        entries: accesses.entries.length,
        lastHash: accesses.lastHash,
      })
      await this.optional(layout.ACCESS_PROOF, () => this.proof(layout.ACCESS_PROOF, head))
      return accesses
    })
  }

  private proof(name: string, entry: string): Promise<LogPlace> {
    return checkLogProof(text(this.bytes(name)), text(this.bytes(layout.LOG_KEYS)), utf8(entry))
  }

  /** Null when the file is not there, or is not what it should be; then there is a finding. */
  private async optional<T>(name: string, read: () => Promise<T>): Promise<T | null> {
    if (!this.texts.has(name)) return null
    try {
      return await read()
    } catch (failure) {
      this.report(name, 'ALTERED', message(failure))
      return null
    }
  }

  private attempt<T>(name: string, read: () => T): T | null {
    if (!this.texts.has(name)) return null
    try {
      return read()
    } catch (failure) {
      this.report(name, 'ALTERED', message(failure))
      return null
    }
  }

  private bytes(name: string): Uint8Array<ArrayBuffer> {
    return this.texts.get(name) ?? new Uint8Array()
  }

  private report(object: string, kind: FindingKind, what: string): void {
    this.findings.push({ object, kind, message: what })
  }
}

const message = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure))
