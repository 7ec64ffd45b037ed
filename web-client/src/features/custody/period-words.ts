import type { MessageKey } from '@/i18n'

const YEARS_OR_DAYS = /^P(\d+)([YD])$/

/** A period of ISO 8601 in words, where people have one for it; null for all others. */
export function periodWords(period: string): { readonly key: MessageKey; readonly n: number } | null {
  const [, count, unit] = YEARS_OR_DAYS.exec(period) ?? []
  if (count === undefined) return null
  return { key: unit === 'Y' ? 'custody.period.years' : 'custody.period.days', n: Number(count) }
}
