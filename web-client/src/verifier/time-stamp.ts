import { hex, joined, same, text } from './bytes'
import { type Rest, restsOn } from './certificates'
import { child, type Der, elements, GENERALIZED_TIME, oid, only, SEQUENCE, SET } from './der'
import { Sha256 } from './sha256'
import { keyOfInfo, verify, type Verdict } from './signature'

export interface TimeStamp {
  /** ISO 8601. */
  readonly at: string
  readonly authority: string
  /** Of the certificate that is in the stamp. */
  readonly signature: Verdict
  /** Whether that certificate rests on one of the roots that were given. */
  readonly trusted: Rest
}

const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SHA256_OID = '2.16.840.1.101.3.4.2.1'
const COMMON_NAME = '2.5.4.3'

/**
 * Reads a TimeStampResp (RFC 3161) over the data; throws with what does not fit.
 *
 * @param roots certificates to rest on; may be empty
 */
export async function readTimeStamp(
  response: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
  roots: readonly Der[],
): Promise<TimeStamp> {
  const [status, token] = elements(only(response).content)
  const granted = status === undefined ? -1 : (child(status, 0).content[0] ?? -1)
  if (token === undefined || (granted !== 0 && granted !== 1)) throw new Error('the authority did not grant it')
  const signed = elements(child(token, 1, 0).content)
  const encapsulated = signed.find((part, at) => at > 1 && part.tag === SEQUENCE)
  const certificates = signed.find((part) => part.tag === 0xa0)
  const signers = signed[signed.length - 1]
  if (encapsulated === undefined || certificates === undefined || signers === undefined) throw new Error('not signed data')
  if (oid(child(encapsulated, 0)) !== TST_INFO) throw new Error('not a time stamp')
  const content = child(encapsulated, 1, 0).content
  const info = only(content)
  const imprint = child(info, 2)
  if (oid(child(imprint, 0, 0)) !== SHA256_OID) throw new Error('stamped over another hash than SHA-256')
  const stamped = hex(child(imprint, 1).content)
  if (stamped !== hex(Sha256.of(data))) throw new Error(`stamped ${stamped}, which is something else`)
  const time = elements(info.content).find((part) => part.tag === GENERALIZED_TIME)
  if (time === undefined) throw new Error('says no time')
  const signer = child(signers, 0)
  const certificate = certificateOf(signer, certificates)
  const at = isoTime(text(time.content))
  return {
    at,
    authority: commonName(certificate),
    signature: await checkSigner(signer, certificate, content),
    trusted: await restsOn(certificate, elements(certificates.content), roots, at),
  }
}

/** The signed attributes name the hash of the content, and the signature is over the attributes (RFC 5652 §5.4). */
async function checkSigner(signer: Der, certificate: Der, content: Uint8Array<ArrayBuffer>): Promise<Verdict> {
  const parts = elements(signer.content)
  const attributes = parts.find((part) => part.tag === 0xa0)
  const signature = parts.find((part, at) => at > 3 && part.tag === 0x04)
  if (attributes === undefined || signature === undefined) throw new Error('not signed')
  // Others are rare and left to the verifier on the command line.
  if (oid(child(parts[2] ?? signer, 0)) !== SHA256_OID) return 'unable'
  const digest = elements(attributes.content).find((attribute) => oid(child(attribute, 0)) === MESSAGE_DIGEST)
  if (digest === undefined || !same(child(digest, 1, 0).content, Sha256.of(content))) {
    throw new Error('its content is not what was signed')
  }
  const asSet = joined(Uint8Array.of(SET), attributes.whole.slice(1))
  try {
    return await verify(keyOfInfo(child(certificate, 0, 6).whole), asSet, signature.content)
  } catch {
    return 'unable'
  }
}

/** The certificate in the stamp whose issuer and number the signer names. */
function certificateOf(signer: Der, certificates: Der): Der {
  const issuer = child(signer, 1, 0)
  const serial = child(signer, 1, 1)
  const found = elements(certificates.content).find(
    (certificate) =>
      same(child(certificate, 0, 1).content, serial.content) && same(child(certificate, 0, 3).whole, issuer.whole),
  )
  if (found === undefined) throw new Error('the certificate of the stamp is not in it')
  return found
}

function commonName(certificate: Der): string {
  for (const set of elements(child(certificate, 0, 5).content)) {
    const part = child(set, 0)
    if (oid(child(part, 0)) === COMMON_NAME) return text(child(part, 1).content)
  }
  return ''
}

function isoTime(time: string): string {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(time)
  if (match === null) throw new Error(`not a time: ${time}`)
  const [, year, month, day, hour, minute, second, fraction = ''] = match
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`
}
