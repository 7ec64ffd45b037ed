import { joined, same, text, unbase64 } from './bytes'
import { BIT_STRING, child, type Der, elements, OCTET_STRING, oid, only, SEQUENCE } from './der'
import { keyOfInfo, verify } from './signature'

/** What can be said of a chain of certificates; `unable` when this browser does not know an algorithm in it. */
export type Rest = 'yes' | 'no' | 'unable'

interface Certificate {
  readonly whole: Uint8Array<ArrayBuffer>
  readonly signed: Uint8Array<ArrayBuffer>
  readonly algorithm: string
  readonly signature: Uint8Array<ArrayBuffer>
  readonly issuer: Uint8Array<ArrayBuffer>
  readonly subject: Uint8Array<ArrayBuffer>
  readonly keyInfo: Uint8Array<ArrayBuffer>
  readonly notBefore: string
  readonly notAfter: string
  readonly isAuthority: boolean
}

const BASIC_CONSTRAINTS = '2.5.29.19'
const UTC_TIME = 0x17
/** Longer chains exist nowhere. */
const LONGEST_CHAIN = 8

const RSA_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
}
const EC_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
}
const CURVES: Readonly<Record<string, readonly [name: string, bytes: number]>> = {
  '1.2.840.10045.3.1.7': ['P-256', 32],
  '1.3.132.0.34': ['P-384', 48],
  '1.3.132.0.35': ['P-521', 66],
}

/** The certificates of a PEM text; throws when a section is none. */
export function certificatesOfPem(pem: string): readonly Der[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)].map(([, coded = '']) => {
    const der = unbase64(coded.replaceAll(/\s/g, ''))
    if (der === null) throw new Error('not a certificate')
    const certificate = only(der)
    read(certificate)
    return certificate
  })
}

/**
 * Whether a certificate rests on one of the roots, over others that are known (RFC 5280 §6, without revocation: offline
 * nobody can be asked).
 *
 * @param at when every certificate had to be valid, ISO 8601
 */
export async function restsOn(certificate: Der, known: readonly Der[], roots: readonly Der[], at: string): Promise<Rest> {
  const anchors = roots.map(read)
  const others = known.map(read)
  let unable = false
  const tried: Certificate[] = []
  let current: readonly Certificate[] = [read(certificate)]
  for (let depth = 0; depth < LONGEST_CHAIN && current.length > 0; depth++) {
    const next: Certificate[] = []
    for (const each of current) {
      if (Date.parse(at) < Date.parse(each.notBefore) || Date.parse(at) > Date.parse(each.notAfter)) continue
      if (anchors.some(({ whole }) => same(whole, each.whole))) return 'yes'
      for (const issuer of [...anchors, ...others.filter(({ isAuthority }) => isAuthority)]) {
        if (!same(issuer.subject, each.issuer) || tried.includes(issuer)) continue
        const verdict = await isSignedBy(each, issuer)
        unable ||= verdict === 'unable'
        if (verdict !== 'yes') continue
        if (anchors.includes(issuer)) return 'yes'
        tried.push(issuer)
        next.push(issuer)
      }
    }
    current = next
  }
  return unable ? 'unable' : 'no'
}

function read(der: Der): Certificate {
  const [signed, algorithm, signature] = elements(der.content)
  if (signed?.tag !== SEQUENCE || algorithm === undefined || signature?.tag !== BIT_STRING) throw new Error('not a certificate')
  const parts = elements(signed.content)
  // The version stands first, unless it is the first one.
  const [, , issuer, validity, subject, keyInfo] = parts[0]?.tag === 0xa0 ? parts.slice(1) : parts
  if (issuer === undefined || validity === undefined || subject === undefined || keyInfo === undefined) throw new Error('not a certificate')
  return {
    whole: der.whole,
    signed: signed.whole,
    algorithm: oid(child(algorithm, 0)),
    signature: signature.content.slice(1),
    issuer: issuer.whole,
    subject: subject.whole,
    keyInfo: keyInfo.whole,
    notBefore: timeOf(child(validity, 0)),
    notAfter: timeOf(child(validity, 1)),
    isAuthority: isAuthority(parts.find(({ tag }) => tag === 0xa3)),
  }
}

function isAuthority(extensions: Der | undefined): boolean {
  if (extensions === undefined) return false
  for (const extension of elements(child(extensions, 0).content)) {
    if (oid(child(extension, 0)) !== BASIC_CONSTRAINTS) continue
    const value = elements(extension.content).find(({ tag }) => tag === OCTET_STRING)
    const first = value === undefined ? undefined : elements(only(value.content).content)[0]
    return first?.tag === 0x01 && first.content[0] !== 0
  }
  return false
}

/** UTCTime has two digits of the year, from 1950 on (RFC 5280 §4.1.2.5.1). */
function timeOf(time: Der): string {
  const digits = text(time.content)
  const whole = time.tag === UTC_TIME ? `${Number(digits.slice(0, 2)) >= 50 ? '19' : '20'}${digits}` : digits
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(whole)
  if (match === null) throw new Error(`not a time: ${digits}`)
  const [, year, month, day, hour, minute, second] = match
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}

async function isSignedBy(certificate: Certificate, issuer: Certificate): Promise<Rest> {
  const { algorithm, signed, signature } = certificate
  const rsa = RSA_HASHES[algorithm]
  const ec = EC_HASHES[algorithm]
  try {
    if (rsa !== undefined) {
      return await check(issuer.keyInfo, { name: 'RSASSA-PKCS1-v1_5', hash: rsa }, { name: 'RSASSA-PKCS1-v1_5' }, signed, signature)
    }
    if (ec !== undefined) {
      const [namedCurve, size] = CURVES[oid(child(only(issuer.keyInfo), 0, 1))] ?? []
      if (namedCurve === undefined || size === undefined) return 'unable'
      return await check(issuer.keyInfo, { name: 'ECDSA', namedCurve }, { name: 'ECDSA', hash: ec }, signed, twoNumbers(signature, size))
    }
    const verdict = await verify(keyOfInfo(issuer.keyInfo), signed, signature)
    return verdict === 'good' ? 'yes' : verdict === 'bad' ? 'no' : 'unable'
  } catch {
    return 'unable'
  }
}

async function check(
  keyInfo: Uint8Array<ArrayBuffer>,
  imported: EcKeyImportParams | RsaHashedImportParams,
  used: EcdsaParams | { name: string },
  data: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<Rest> {
  if (crypto.subtle === undefined) return 'unable'
  const key = await crypto.subtle.importKey('spki', keyInfo, imported, false, ['verify'])
  return (await crypto.subtle.verify(used, key, signature, data)) ? 'yes' : 'no'
}

/** Two integers in DER, each to the size of the curve. */
function twoNumbers(signature: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  return joined(
    ...elements(only(signature).content).map(({ content }) => {
      const digits = content[0] === 0 ? content.slice(1) : content
      return joined(new Uint8Array(Math.max(0, size - digits.length)), digits)
    }),
  )
}
