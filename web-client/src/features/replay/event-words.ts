import { type I18n, isMessageKey } from '@/i18n'
import type { ReplayEvent } from '@/protocol/rest'

export interface EventSentence {
  readonly what: string
  readonly who: string
  readonly detail: string
}

/** Puts a ledger entry into words; a type without words is shown as the ledger has it. */
export function eventSentence(event: ReplayEvent, names: Readonly<Record<string, string>>, t: I18n['t']): EventSentence {
  const key = `event.${kebab(event.type)}`
  return {
    what: isMessageKey(key) ? t(key) : event.type,
    who: (event.seatId === undefined ? undefined : names[event.seatId]) ?? event.label ?? '',
    detail: detailOf(event.data, t),
  }
}

/** `PhaseChanged`, `phase_changed` and `phase.changed` are one word. */
export function kebab(type: string): string {
  return type
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[_.\s]+/g, '-')
    .toLowerCase()
}

function detailOf(data: unknown, t: I18n['t']): string {
  if (typeof data !== 'object' || data === null) return ''
  const words: string[] = []
  if ('from' in data && 'to' in data) words.push(`${word('phase', data.from, t)} → ${word('phase', data.to, t)}`)
  if ('reason' in data) words.push(word('pause', data.reason, t))
  if ('why' in data && typeof data.why === 'string') words.push(data.why)
  if ('hidden' in data && typeof data.hidden === 'boolean') words.push(t(data.hidden ? 'presence.hidden' : 'presence.seated'))
  if ('purpose' in data) words.push(word('purpose', data.purpose, t))
  if ('kind' in data && (data.kind === 'audio' || data.kind === 'video')) words.push(t(`replay.lane.${data.kind}`))
  if ('muted' in data && typeof data.muted === 'boolean') words.push(t(data.muted ? 'seat.mic-off' : 'seat.mic-on'))
  if ('title' in data && typeof data.title === 'string') words.push(data.title)
  if ('text' in data && typeof data.text === 'string') words.push(data.text)
  return words.filter((each) => each !== '').join(' · ')
}

function word(family: 'phase' | 'pause' | 'purpose', value: unknown, t: I18n['t']): string {
  if (typeof value !== 'string') return ''
  const key = `${family}.${value.replaceAll('_', '-')}`
  return isMessageKey(key) ? t(key) : value
}
