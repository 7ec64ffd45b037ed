declare global {
  interface Window {
    /** Begins or ends a telephone call, which takes the camera. */
    heyiCall: (rings: boolean) => void
  }
}

/** Lets every connection of the page use relays only. Runs inside the page, before its own scripts. */
export function forceRelay(): void {
  const Original = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' })
    }
  }
}

/** Lets a telephone call take the camera, as Android does: its track ends, and it cannot be opened. Runs inside the page. */
export function telephoneCalls(): void {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  const cameras: MediaStreamTrack[] = []
  let calling = false
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (calling && constraints?.video) throw new DOMException('Could not start video source', 'NotReadableError')
    const opened = await open(constraints)
    cameras.push(...opened.getVideoTracks())
    return opened
  }
  window.heyiCall = (rings) => {
    calling = rings
    if (!rings) return
    for (const camera of cameras.splice(0)) {
      camera.stop()
      camera.dispatchEvent(new Event('ended'))
    }
  }
}

/** Puts the page into the background, or back, as far as a page can tell. Runs inside the page. */
export function inBackground(hidden: boolean): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') })
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
  document.dispatchEvent(new Event('visibilitychange'))
}
