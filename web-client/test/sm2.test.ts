import { describe, expect, it } from 'vitest'

import { unhex, utf8 } from '../src/verifier/bytes'
import { verifySm2 } from '../src/verifier/sm2'

/** GM/T 0003.5-2012, annex A. */
const KEY = unhex(
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
)
const MESSAGE = utf8('message digest')
const SIGNATURE = unhex(
  'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
)

const flipped = (bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> =>
  bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

describe('SM2', () => {
  it('accepts the signature of the standard', () => {
    expect(verifySm2(KEY, MESSAGE, SIGNATURE)).toBe(true)
  })

  it('refuses any other byte of message, signature or key', () => {
    for (const at of [0, 7, 13]) expect(verifySm2(KEY, flipped(MESSAGE, at), SIGNATURE)).toBe(false)
    for (const at of [0, 31, 32, 63]) expect(verifySm2(KEY, MESSAGE, flipped(SIGNATURE, at))).toBe(false)
    for (const at of [0, 1, 40, 64]) expect(verifySm2(flipped(KEY, at), MESSAGE, SIGNATURE)).toBe(false)
  })

  it('refuses numbers that are none of a signature', () => {
    expect(verifySm2(KEY, MESSAGE, new Uint8Array(64))).toBe(false)
    expect(verifySm2(KEY, MESSAGE, new Uint8Array(64).fill(0xff))).toBe(false)
    expect(verifySm2(KEY, MESSAGE, SIGNATURE.slice(0, 63))).toBe(false)
    expect(verifySm2(new Uint8Array(), MESSAGE, SIGNATURE)).toBe(false)
  })
})
