// Before any page: remembers when the first picture of each video was shown.
window.heyiShown = []
document.addEventListener(
  'loadstart',
  ({ target }) => {
    if (target instanceof HTMLVideoElement && target.closest('figure')) {
      target.requestVideoFrameCallback(() => window.heyiShown.push(performance.now()))
    }
  },
  true,
)
// Milliseconds from the opening of the page until so many videos show a picture.
window.heyiOpened = async (videos) => {
  while (window.heyiShown.length < videos) await new Promise(requestAnimationFrame)
  return { first: Math.min(...window.heyiShown), all: Math.max(...window.heyiShown) }
}
// Milliseconds from the hand on the bar until every track that plays there is ready, pictures shown.
window.heyiSeek = async (toMs) => {
  const media = [...document.querySelectorAll('figure video, figure audio')]
  const bar = document.querySelector('[data-testid="replay-seek"]')
  const begun = performance.now()
  const settled = media.map(
    (one) =>
      new Promise((done) => {
        const pictures = one instanceof HTMLVideoElement ? new Promise((shown) => one.requestVideoFrameCallback(shown)) : null
        one.addEventListener('seeked', () => done(pictures), { once: true })
      }),
  )
  bar.value = String(toMs)
  bar.dispatchEvent(new Event('input'))
  await Promise.all(settled)
  const tookMs = performance.now() - begun
  const astrayMs = Math.max(...media.map(({ currentTime }) => Math.abs(currentTime * 1000 - toMs)))
  return { tookMs, astrayMs, media: media.length }
}
