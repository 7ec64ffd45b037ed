/** Lets every connection of the page use relays only. Runs inside the page, before its own scripts. */
export function forceRelay(): void {
  const Original = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' })
    }
  }
}
