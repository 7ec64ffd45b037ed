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

/** How a page reaches its relay. */
export type Transport = 'udp' | 'tcp' | 'tls'

/** Leaves the page one way to the relay of those that the server names. Runs inside the page, before its own scripts. */
export function relayOver(transport: Transport): void {
  const fits = (url: string): boolean =>
    transport === 'tls' ? url.startsWith('turns:') : url.startsWith('turn:') && url.endsWith(`transport=${transport}`)
  const Original = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      const servers = configuration?.iceServers ?? []
      super({ ...configuration, iceServers: servers.map((server) => ({ ...server, urls: [server.urls].flat().filter(fits) })) })
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

/**
 * Gives the page a camera of noise, which no encoder makes small: its sender takes what the line carries. Small, so
 * that three of them leave the machine time for the rest. Runs inside the page, before its own scripts.
 */
export function noisyCamera(): void {
  const width = 96
  const height = 72
  const framesPerSecond = 15
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (!constraints?.video) return open(constraints)
    const stream = constraints.audio ? await open({ audio: constraints.audio }) : new MediaStream()
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const context = canvas.getContext('2d')
    const picture = new ImageData(width, height)
    const pixels = new Uint32Array(picture.data.buffer)
    setInterval(() => {
      for (let i = 0; i < pixels.length; i++) pixels[i] = 0xff000000 | (Math.random() * 0x1000000)
      context?.putImageData(picture, 0, 0)
    }, 1_000 / framesPerSecond)
    for (const camera of canvas.captureStream(framesPerSecond).getVideoTracks()) stream.addTrack(camera)
    return stream
  }
}

/** Puts the page into the background, or back, as far as a page can tell. Runs inside the page. */
export function inBackground(hidden: boolean): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') })
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
  document.dispatchEvent(new Event('visibilitychange'))
}
