const CLOCK = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:\.\d*)?$/

/** The moment that `?t=` of a link asks for, in milliseconds: seconds (`75`), or a clock (`1:15`, `1:02:03`). */
export function momentOf(query: unknown): number | null {
  const match = typeof query === 'string' ? CLOCK.exec(query) : null
  if (match === null) return null
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000
}

/** The address of this replay at this second. */
export function momentLink(address: string, positionMs: number): string {
  const link = new URL(address)
  link.searchParams.set('t', String(Math.floor(positionMs / 1_000)))
  return link.href
}
