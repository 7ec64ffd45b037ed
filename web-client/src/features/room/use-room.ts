import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'

import { createBrowserConnection } from '@/core/browser-peer'
import type { LocalMedia } from '@/core/local-media'
import { watchNetwork } from '@/core/network-watch'
import { RoomSession, type RoomSnapshot } from '@/core/room-session'
import { openBrowserSocket, roomSocketUrl } from '@/core/room-socket'
import type { RememberedSeat } from '@/core/seat-memory'
import { useI18n } from '@/i18n'
import { useServices } from '@/services'

/** Somebody who does not answer the permission question still gets into the room. */
const DEVICE_WAIT_MS = 4_000

export interface UseRoomOptions {
  readonly seat: RememberedSeat
  /** The page was refreshed: devices must be opened again before the first answer. */
  readonly rejoined: boolean
  readonly media: LocalMedia
  readonly attach: (session: RoomSession) => void
}

export interface UseRoomReturn {
  readonly snapshot: Readonly<ShallowRef<RoomSnapshot>>
  readonly session: RoomSession
}

/** Holds a seat in the room for as long as the component lives. */
export function useRoom({ seat, rejoined, media, attach }: UseRoomOptions): UseRoomReturn {
  const { scheduler, window } = useServices()
  const { lang } = useI18n()
  const snapshot = shallowRef<RoomSnapshot>({
    link: { phase: 'idle' },
    media: 'none',
    self: null,
    view: null,
    streams: new Map(),
    local: media.state,
    notice: null,
    speaking: null,
    qualities: new Map(),
    recorded: [],
    transcript: [],
  })
  const session = new RoomSession({
    url: roomSocketUrl(window.location),
    seatToken: seat.seatToken,
    consents: seat.consents,
    lang: lang.value,
    media,
    openSocket: openBrowserSocket,
    createConnection: createBrowserConnection,
    scheduler,
    random: Math.random,
    onChange: (next) => {
      snapshot.value = next
    },
  })
  attach(session)

  async function enter(): Promise<void> {
    if (rejoined) {
      if (seat.audioMuted) await media.setMuted('audio', true)
      if (seat.videoMuted) await media.setMuted('video', true)
      const patience = new Promise<void>((resolve) => scheduler.after(DEVICE_WAIT_MS, resolve))
      await Promise.race([media.request(), patience])
    }
    session.start()
  }

  const stopWatching = watchNetwork(window, {
    onOffline: () => session.networkLost(),
    onOnline: () => session.networkBack(),
    onDoubt: () => session.checkLine(),
    onHidden: (hidden) => session.setHidden(hidden),
  })
  onScopeDispose(() => {
    stopWatching()
    session.dispose()
  })
  void enter()
  return { snapshot, session }
}
