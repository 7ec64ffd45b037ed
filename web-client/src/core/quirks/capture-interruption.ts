import type { LocalMedia } from '../local-media'

/**
 * Symptom: after a telephone call, Siri or another application the others no longer hear this person.
 * Affected: iOS Safari and WKWebView: the audio track stays `live` but `muted`, or ends without a sound.
 * Link: https://github.com/twilio/twilio-video.js/issues/1206
 * Re-check: 2027-06.
 */
export function renewCaptureOnReturn(page: Document, media: LocalMedia): () => void {
  const renew = () => {
    if (page.visibilityState !== 'visible') return
    for (const kind of ['audio', 'video'] as const) {
      const { track, trouble } = media.state[kind]
      if (trouble === 'ended' || (track !== null && (track.muted || track.readyState === 'ended'))) {
        void media.renew(kind)
      }
    }
  }
  page.addEventListener('visibilitychange', renew)
  return () => page.removeEventListener('visibilitychange', renew)
}
