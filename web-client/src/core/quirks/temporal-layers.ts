/** Three temporal layers in one stream (W3C webrtc-svc): a half and a quarter of the frames stand by themselves. */
const LAYERS = 'L1T3'

/**
 * Lets the bridge leave out frames for a receiver on a narrow line, without another encoding.
 * Symptom: `scalabilityMode` is unknown, or refused for the codec: the stream goes without layers then, and a bridge can
 * only stop it.
 * Affected: Firefox (ignores it), Safari before 17.
 * Link: https://www.w3.org/TR/webrtc-svc/
 * Re-check: 2027-06.
 */
export async function sendInLayers(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters()
  const missing = parameters.encodings.filter((encoding) => Reflect.get(encoding, 'scalabilityMode') !== LAYERS)
  if (missing.length === 0) return
  for (const encoding of missing) Reflect.set(encoding, 'scalabilityMode', LAYERS)
  try {
    await sender.setParameters(parameters)
  } catch {
    // As the comment above says.
  }
}
