import { assertNever } from '@/core/assert-never'
import type { RoomSnapshot } from '@/core/room-session'
import type { MessageKey } from '@/i18n'

export interface ConnectionSentence {
  readonly key: MessageKey
  readonly tone: 'good' | 'busy' | 'bad'
  readonly canRetry: boolean
}

/** The state of line and media in one sentence that a person understands. */
export function connectionSentence({ link, media, view }: RoomSnapshot): ConnectionSentence {
  switch (link.phase) {
    case 'idle':
      return { key: 'line.connecting', tone: 'busy', canRetry: false }
    case 'connecting':
      return view === null
        ? { key: 'line.connecting', tone: 'busy', canRetry: false }
        : { key: 'line.waiting', tone: 'bad', canRetry: false }
    case 'waiting':
      return link.offline
        ? { key: 'line.offline', tone: 'bad', canRetry: false }
        : { key: 'line.waiting', tone: 'bad', canRetry: true }
    case 'given-up':
    case 'refused':
    case 'taken-over':
    case 'closed':
    case 'left':
      return { key: 'line.given-up', tone: 'bad', canRetry: link.phase === 'given-up' }
    case 'live':
      break
    default:
      assertNever(link)
  }
  switch (media) {
    case 'connected':
      return { key: 'line.good', tone: 'good', canRetry: false }
    case 'none':
      return view?.phase === 'LOBBY'
        ? { key: 'line.lobby', tone: 'good', canRetry: false }
        : { key: 'line.media-connecting', tone: 'busy', canRetry: false }
    case 'connecting':
      return { key: 'line.media-connecting', tone: 'busy', canRetry: false }
    case 'interrupted':
      return { key: 'line.media-interrupted', tone: 'bad', canRetry: false }
    case 'failed':
      return { key: 'line.media-failed', tone: 'bad', canRetry: false }
    default:
      return assertNever(media)
  }
}
