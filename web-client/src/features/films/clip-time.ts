/** "1:02:03", "02:03" or "3" as milliseconds; null when it is something else. */
export function clipTime(words: string): number | null {
  const parts = words.trim().split(/[:：]/)
  if (parts.length > 3 || parts.some((part) => !/^\d{1,5}$/.test(part))) return null
  const [seconds = 0, minutes = 0, hours = 0] = parts.map(Number).reverse()
  if ((parts.length > 1 && seconds > 59) || (parts.length > 2 && minutes > 59)) return null
  return ((hours * 60 + minutes) * 60 + seconds) * 1000
}
