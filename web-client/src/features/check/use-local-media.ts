import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'

import { LocalMedia, type LocalMediaState } from '@/core/local-media'
import { renewCaptureOnReturn } from '@/core/quirks/capture-interruption'
import type { RoomSession } from '@/core/room-session'
import { useServices } from '@/services'

export interface UseLocalMediaReturn {
  readonly media: LocalMedia
  readonly state: Readonly<ShallowRef<LocalMediaState>>
  /** From now on the session hears of every change. */
  readonly attach: (session: RoomSession) => void
}

/** The camera and microphone of this page, from the device check into the room. */
export function useLocalMedia(): UseLocalMediaReturn {
  const { window, scheduler } = useServices()
  let session: RoomSession | null = null
  const media = new LocalMedia({
    // Undefined where the page is not secure, whatever the types say.
    mediaDevices: 'mediaDevices' in window.navigator ? window.navigator.mediaDevices : undefined,
    isSecureContext: window.isSecureContext,
    scheduler,
    onChange: (next) => {
      state.value = next
      session?.handleLocalMedia(next)
    },
    onTrack: (kind) => void session?.handleLocalTrack(kind),
  })
  const state = shallowRef(media.state)
  const stopRenewing = renewCaptureOnReturn(window.document, media)
  onScopeDispose(() => {
    stopRenewing()
    media.dispose()
  })
  return {
    media,
    state,
    attach: (next) => {
      session = next
    },
  }
}
