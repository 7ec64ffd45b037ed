// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { certificatesOfPem, restsOn } from '@/verifier/certificates'
import type { Der } from '@/verifier/der'

import * as pem from './certificates.pem'

const [ROOT, OTHER, INTER, LEAF, FORGED] = [pem.ROOT, pem.OTHER, pem.INTER, pem.LEAF, pem.FORGED].map((each) => {
  const [certificate] = certificatesOfPem(each)
  if (certificate === undefined) throw new Error('a certificate')
  return certificate
}) as [Der, Der, Der, Der, Der]
const NOW = '2027-01-01T00:00:00Z'

describe('a chain of certificates', () => {
  it('rests on a root over what is known', async () => {
    expect(await restsOn(LEAF, [LEAF, INTER], [OTHER, ROOT], NOW)).toBe('yes')
    expect(await restsOn(LEAF, [LEAF], [INTER], NOW)).toBe('yes')
    expect(await restsOn(LEAF, [], [LEAF], NOW)).toBe('yes')
  })

  it('does not rest on another root of the same name, on none, or over a link that is missing', async () => {
    expect(await restsOn(LEAF, [INTER], [OTHER], NOW)).toBe('no')
    expect(await restsOn(LEAF, [INTER], [], NOW)).toBe('no')
    expect(await restsOn(LEAF, [], [ROOT], NOW)).toBe('no')
  })

  it('does not rest on what it was not valid with', async () => {
    expect(await restsOn(LEAF, [INTER], [ROOT], '2016-01-01T00:00:00Z')).toBe('no')
  })

  it('goes over authorities only', async () => {
    expect(await restsOn(FORGED, [LEAF, INTER], [ROOT], NOW)).toBe('no')
  })

  it('is found out when one bit of the link changes', async () => {
    const [changed] = certificatesOfPem(pem.INTER)
    if (changed === undefined) throw new Error('a certificate')
    const whole = changed.whole.slice()
    whole[whole.length - 3] = (whole[whole.length - 3] ?? 0) ^ 1
    const coded = btoa(String.fromCharCode(...whole))
    const forged = certificatesOfPem(`-----BEGIN CERTIFICATE-----\n${coded}\n-----END CERTIFICATE-----\n`)

    expect(await restsOn(LEAF, forged, [ROOT], NOW)).toBe('no')
  })

  it('is not read out of anything else', () => {
    expect(certificatesOfPem('no certificate')).toEqual([])
    expect(() => certificatesOfPem('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toThrow()
  })
})
