// Before any page: remembers when the first picture of each video was shown.
let shown = []
document.addEventListener(
  'loadstart',
  ({ target }) => {
    if (target instanceof HTMLVideoElement && target.closest('figure')) {
      target.requestVideoFrameCallback(() => shown.push(performance.now()))
    }
  },
  true,
)
const until = async (find) => {
  for (;;) {
    const found = find()
    if (found) return found
    await new Promise(requestAnimationFrame)
  }
}
const ready = () => {
  const media = [...document.querySelectorAll('figure video, figure audio')]
  return media.length > 0 && media.every(({ readyState }) => readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) ? media : null
}
// Milliseconds from the hand on the session in the list until the first, and until so many videos show a picture.
window.heyiOpen = async (session, videos) => {
  const link = await until(() => document.querySelector(`a[href$="/replay/${session}"]`))
  shown = []
  const begun = performance.now()
  link.click()
  await until(() => shown.length >= videos)
  return { first: Math.min(...shown) - begun, all: Math.max(...shown) - begun }
}
// Back to the list, once everything has settled.
window.heyiBack = async () => {
  await until(ready)
  history.back()
  await until(() => document.querySelector('figure') === null)
}
// Where each track begins on the session's clock, by the name of its element.
let begins
const beginsOf = async (session) => {
  const { tracks } = await (await fetch(`/api/sessions/${session}`)).json()
  return new Map(tracks.map(({ trackId, offsetMs }) => [`replay-track-${trackId}`, offsetMs]))
}
// Milliseconds from the hand on the bar until every track that plays there is ready, pictures shown.
window.heyiSeek = async (toMs) => {
  begins ??= await beginsOf(location.pathname.split('/').at(-1))
  const media = await until(ready)
  const bar = document.querySelector('[data-testid="replay-seek"]')
  const begun = performance.now()
  const settled = media.map(
    (one) =>
      new Promise((done) => {
        const picture = one instanceof HTMLVideoElement ? new Promise((drawn) => one.requestVideoFrameCallback(drawn)) : null
        one.addEventListener('seeked', () => done(picture), { once: true })
      }),
  )
  bar.value = String(toMs)
  bar.dispatchEvent(new Event('input'))
  await Promise.all(settled)
  const tookMs = performance.now() - begun
  const astrayMs = Math.max(
    ...media.map(({ currentTime, dataset }) => Math.abs(currentTime * 1000 - (toMs - begins.get(dataset.testid)))),
  )
  return { tookMs, astrayMs, media: media.length }
}
