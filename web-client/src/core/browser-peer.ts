import type { PeerLinkOptions } from './peer-link'

/** The one place that makes a real peer connection. */
export const createBrowserConnection: PeerLinkOptions['createConnection'] = (configuration) =>
  new RTCPeerConnection(configuration)
