/** 65 000 → "01:05", with hours from the first hour on; −3 000 → "−00:03". */
export function clockText(millis: number): string {
  if (millis <= -1000) return `−${clockText(-millis)}`
  const seconds = Math.max(0, Math.floor(millis / 1000))
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  const hours = Math.floor(seconds / 3600)
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':')
}
