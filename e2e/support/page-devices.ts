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

/** A camera whose picture no encoder makes small: as much data as the line allows. Runs inside the page. */
export function noisyCamera(): void {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const opened = await open(constraints)
    if (opened.getVideoTracks().length === 0) return opened
    const canvas = document.createElement('canvas')
    // Small: several pages encode and decode it on one machine.
    canvas.width = 160
    canvas.height = 120
    const paint = canvas.getContext('2d')
    const noise = new ImageData(canvas.width, canvas.height)
    setInterval(() => {
      for (let i = 0; i < noise.data.length; i += 4) {
        const grey = Math.random() * 255
        noise.data[i] = noise.data[i + 1] = noise.data[i + 2] = grey
        noise.data[i + 3] = 255
      }
      paint?.putImageData(noise, 0, 0)
    }, 66)
    return new MediaStream([...opened.getAudioTracks(), ...canvas.captureStream(15).getVideoTracks()])
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
