/**
 * Symptom: permission is granted, yet the picture stays black or the sound silent.
 * Affected: iOS before 17 inside WeChat (play() must be repeated on `loadedmetadata`); every kernel that blocks sound
 * until the person touched the page (play() rejects with NotAllowedError).
 * Link: https://developers.weixin.qq.com/ (community thread on getUserMedia in the iOS web view).
 * Re-check: 2027-06.
 */

type Playable = Pick<HTMLMediaElement, 'play' | 'addEventListener' | 'removeEventListener'>

/** Plays, and plays again once the first data arrive. `onBlocked` is told whether a touch is needed to hear. */
export function playInsistently(element: Playable, onBlocked: (blocked: boolean) => void): () => void {
  const play = () => {
    element.play().then(
      () => onBlocked(false),
      (failure: unknown) => {
        if (failure instanceof Error && failure.name === 'NotAllowedError') onBlocked(true)
      },
    )
  }
  element.addEventListener('loadedmetadata', play)
  play()
  return () => element.removeEventListener('loadedmetadata', play)
}
