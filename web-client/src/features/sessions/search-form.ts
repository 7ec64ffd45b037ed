import type { SessionQuery } from '@/core/rest-client'
import type { SessionState } from '@/protocol/rest'

/** What the person typed, as the address of the page keeps it. Days are local, `2026-11-21`, both included. */
export interface SearchForm {
  readonly words: string
  /** What was said, as the transcript has it. */
  readonly said: string
  readonly from: string
  readonly to: string
  readonly state: SessionState | ''
  readonly page: number
}

export const EMPTY_FORM: SearchForm = { words: '', said: '', from: '', to: '', state: '', page: 0 }

export type Address = Readonly<Record<string, unknown>>

const DAY = /^\d{4}-\d{2}-\d{2}$/
export const STATES: readonly SessionState[] = ['SCHEDULED', 'LIVE', 'SEALING', 'SEALED', 'DISPOSED', 'FAILED']

/** Reads the address; what is not understood counts as not asked. */
export function formOf(address: Address): SearchForm {
  const text = (name: string): string => (typeof address[name] === 'string' ? address[name] : '')
  const day = (name: string): string => (DAY.test(text(name)) ? text(name) : '')
  const page = Number(text('page'))
  return {
    words: text('q'),
    said: text('text'),
    from: day('from'),
    to: day('to'),
    state: STATES.find((state) => state === text('state')) ?? '',
    page: Number.isInteger(page) && page > 0 ? page : 0,
  }
}

/** The address of a form; what is empty is left out. */
export function addressOf({ words, said, from, to, state, page }: SearchForm): Record<string, string> {
  const all = { q: words.trim(), text: said.trim(), from, to, state, page: page === 0 ? '' : String(page) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

/** What the server is asked. */
export function queryOf({ words, said, from, to, state, page }: SearchForm): SessionQuery {
  return { words: words.trim(), said: said.trim(), from: dayStart(from, 0), to: dayStart(to, 1), state: state === '' ? null : state, page }
}

function dayStart(day: string, plusDays: number): Date | null {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  return new Date(year, month - 1, date + plusDays)
}
