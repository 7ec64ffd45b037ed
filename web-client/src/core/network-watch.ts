export interface NetworkWatchListener {
  /** The device has no network at all. */
  onOffline(): void
  /** It has one again. */
  onOnline(): void
  /** It may be another one than before, or the page slept: what is open may be dead without knowing. */
  onDoubt(): void
  /** Another page or program is in front, or this page is again. */
  onHidden(hidden: boolean): void
}

/** Watches what the browser tells of its network, and the page's return from the background. */
export function watchNetwork(page: Window, listener: NetworkWatchListener): () => void {
  const offline = () => listener.onOffline()
  const online = () => listener.onOnline()
  const doubt = () => listener.onDoubt()
  const turned = () => {
    const hidden = page.document.visibilityState === 'hidden'
    if (!hidden) listener.onDoubt()
    listener.onHidden(hidden)
  }
  // Chromium and its web views only: tells of a change from Wi-Fi to 4G.
  const connection = 'connection' in page.navigator ? page.navigator.connection : null
  page.addEventListener('offline', offline)
  page.addEventListener('online', online)
  page.document.addEventListener('visibilitychange', turned)
  if (connection instanceof EventTarget) connection.addEventListener('change', doubt)
  return () => {
    page.removeEventListener('offline', offline)
    page.removeEventListener('online', online)
    page.document.removeEventListener('visibilitychange', turned)
    if (connection instanceof EventTarget) connection.removeEventListener('change', doubt)
  }
}
