import { base64, hex, joined } from './bytes'
import { child, type Der, elements, INTEGER, oid, only } from './der'
import { Sha256 } from './sha256'
import { verifySm2 } from './sm2'

/** A browser may not know an algorithm; then nothing is said of the signature. */
export type Verdict = 'good' | 'bad' | 'unable'

export interface PublicKey {
  readonly id: string
  readonly scheme: 'ecdsa-p256-sha256' | 'ed25519' | 'sm2-sm3' | 'rsa'
  readonly info: Uint8Array<ArrayBuffer>
}

const P256 = '1.2.840.10045.3.1.7'
const SM2 = '1.2.156.10197.1.301'
const ED25519 = '1.3.101.112'
const RSA = '1.2.840.113549.1.1.1'

/** A key in PEM as the server writes it; throws for any other spelling. */
export function keyOfPem(pem: string): PublicKey {
  const match = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n$/.exec(pem)
  const coded = match?.[1]?.replaceAll('\n', '')
  if (coded === undefined) throw new Error('not one public key')
  const info = Uint8Array.from(atob(coded), (char) => char.charCodeAt(0))
  if (base64(info) !== coded) throw new Error('not a public key in its one spelling')
  return keyOfInfo(info)
}

/** A SubjectPublicKeyInfo. */
export function keyOfInfo(info: Uint8Array<ArrayBuffer>): PublicKey {
  const algorithm = elements(child(only(info), 0).content)
  const kind = algorithm[0] === undefined ? '' : oid(algorithm[0])
  const curve = algorithm[1]?.tag === 0x06 ? oid(algorithm[1]) : ''
  const scheme =
    kind === ED25519 ? 'ed25519' : kind === RSA ? 'rsa' : curve === P256 ? 'ecdsa-p256-sha256' : curve === SM2 ? 'sm2-sm3' : null
  if (scheme === null) throw new Error(`a key of an unknown kind: ${kind}`)
  return { id: hex(Sha256.of(info)), scheme, info }
}

/** Checks a detached signature over SHA-256 where the scheme has a choice. */
export async function verify(key: PublicKey, data: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<Verdict> {
  const raw = key.scheme === 'ecdsa-p256-sha256' || key.scheme === 'sm2-sm3' ? twoNumbers(signature) : signature
  if (raw === null) return 'bad'
  if (key.scheme === 'sm2-sm3') return verifySm2(pointOf(key.info), data, raw) ? 'good' : 'bad'
  if (crypto.subtle === undefined) return 'unable'
  const [imported, used] = algorithms(key)
  let subject: CryptoKey
  try {
    subject = await crypto.subtle.importKey('spki', key.info, imported, false, ['verify'])
  } catch {
    return key.scheme === 'ed25519' ? 'unable' : 'bad'
  }
  return (await crypto.subtle.verify(used, subject, raw, data)) ? 'good' : 'bad'
}

type KeyKind = EcKeyImportParams | RsaHashedImportParams | { name: string }

function algorithms(key: PublicKey): [KeyKind, EcdsaParams | { name: string }] {
  if (key.scheme === 'ed25519') return [{ name: 'Ed25519' }, { name: 'Ed25519' }]
  if (key.scheme === 'rsa') return [{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, { name: 'RSASSA-PKCS1-v1_5' }]
  return [
    { name: 'ECDSA', namedCurve: 'P-256' },
    { name: 'ECDSA', hash: 'SHA-256' },
  ]
}

/** Two integers in DER to 64 bytes; null when they are no signature in their one spelling. */
function twoNumbers(signature: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  try {
    const numbers = elements(only(signature).content)
    if (numbers.length !== 2) return null
    const raw = joined(...numbers.map(fixed))
    return raw.length === 64 ? raw : null
  } catch {
    return null
  }
}

/** The bits of a SubjectPublicKeyInfo, without the byte that tells how many are unused. */
const pointOf = (info: Uint8Array<ArrayBuffer>): Uint8Array => child(only(info), 1).content.slice(1)

function fixed(number: Der): Uint8Array<ArrayBuffer> {
  const bytes = number.content
  const start = bytes[0] === 0 ? 1 : 0
  const value = bytes.slice(start)
  const padded = joined(new Uint8Array(Math.max(0, 32 - value.length)), value)
  const minimal = start === 0 || (bytes[1] ?? 0) >= 0x80
  if (number.tag !== INTEGER || !minimal || padded.length !== 32) throw new Error('not a number of a signature')
  return padded
}

