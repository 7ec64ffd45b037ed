import type { ReplayEvent } from '@/protocol/rest'
import type { AgreementView } from '@/protocol/room-view'

import { kebab } from './event-words'

/** The version of the agreement that lay before everybody at a moment; undefined before the first. */
export function documentAt(events: readonly ReplayEvent[], atMs: number): AgreementView | undefined {
  const shown = events.filter((event) => kebab(event.type) === 'agreement-presented' && event.atMs <= atMs)
  const last = shown[shown.length - 1]?.data
  if (typeof last !== 'object' || last === null || !('documentId' in last) || !('sha256' in last)) return undefined
  const { documentId, sha256 } = last
  return typeof documentId === 'string' && typeof sha256 === 'string' ? { documentId, sha256, title: '' } : undefined
}
