import { isMessageKey, type MessageKey } from '@/i18n'
import type { SessionState } from '@/protocol/rest'

export type ChipTone = 'plain' | 'brand' | 'ok' | 'warn' | 'danger'

/** The case status in words; one we have no word for is shown as the server wrote it. */
export function caseStatusKey(status: string): MessageKey | null {
  const key = `case.status.${status.toUpperCase()}`
  return isMessageKey(key) ? key : null
}

export const SESSION_TONES: Readonly<Record<SessionState, ChipTone>> = {
  SCHEDULED: 'plain',
  LIVE: 'brand',
  SEALING: 'warn',
  SEALED: 'ok',
  DISPOSED: 'plain',
  FAILED: 'danger',
}
