import type { I18n } from '@/i18n'
import type { RoomView } from '@/protocol/room-view'

/** Who was there and is not now, by name. */
export function awayNames({ seats }: RoomView, t: I18n['t']): string {
  return seats
    .filter(({ presence }) => presence === 'dropped' || presence === 'left')
    .map(({ displayName }) => displayName)
    .join(t('silent.between'))
}
