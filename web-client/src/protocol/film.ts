import { type Decoded, instant, integer, listOf, maybe, number, object, oneOf, oneOfOr, text, truth } from './decode'

/** A film of a sealed session: a composite of all of it, or a clip that two people decided on. */
export const film = object({
  exportId: text,
  kind: oneOf('composite', 'clip'),
  layout: oneOf('grid', 'speaker'),
  state: oneOfOr('failed', 'waiting', 'queued', 'running', 'done', 'failed', 'cancelled', 'declined'),
  fromMs: number,
  toMs: number,
  watermarked: truth,
  requestedBy: text,
  requestedAt: instant,
  decidedBy: maybe(text),
  decidedAt: maybe(instant),
  reason: maybe(text),
  parentId: maybe(text),
  mayDecide: truth,
  mayDownload: truth,
  percent: maybe(integer),
  secondsLeft: maybe(integer),
  failure: maybe(text),
  videoUrl: maybe(text),
  downloadUrl: maybe(text),
  sizeBytes: maybe(number),
  sha256: maybe(text),
  durationMs: maybe(number),
})
export type Film = Decoded<typeof film>
export const filmList = object({ mayDownload: truth, exports: listOf(film, 1_000) })
export type FilmList = Decoded<typeof filmList>

/** Whether something will happen to it without anybody on this page. */
export function isUnfinished({ state }: Film): boolean {
  return state === 'waiting' || state === 'queued' || state === 'running'
}
