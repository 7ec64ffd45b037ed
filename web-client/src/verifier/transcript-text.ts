import { type Json, number, string } from './json'
import type { LedgerEntry } from './ledger'

const PREFIX = 'transcript-'
const INDENT = ' '.repeat(11)

/** The transcript as a text to read, a function of the ledger alone as `TranscriptText` of the server; null without one. */
export function transcriptText(ledger: readonly LedgerEntry[]): string | null {
  const written = ledger.filter(({ type }) => type.startsWith(PREFIX))
  const started = ledger[0]?.payload
  if (written.length === 0 || started === undefined) return null
  const start = millis(started, 'startedAt')
  const lines = new Map<number, string[]>()
  const roots = new Map<number, number>()
  const readings: string[] = []
  const put = (root: number, line: string): void => {
    lines.set(root, [...(lines.get(root) ?? []), line])
  }
  const under = (about: number, of: number, line: string): void => {
    const root = roots.get(about) ?? about
    roots.set(of, root)
    put(root, `${INDENT}${of}. ${line}`)
  }
  for (const { type, payload } of written) {
    const of = number(payload, 'number')
    switch (type.slice(PREFIX.length)) {
      case 'line':
        roots.set(of, of)
        put(of, `${clock(millis(payload, 'spokenAt') - start)}${of}. ${speech(payload)}`)
        break
      case 'correction':
        under(number(payload, 'replaces'), of, `更正 corrected: ${speech(payload)}${why(payload)}`)
        break
      case 'strike':
        under(number(payload, 'replaces'), of, `划去 struck out${why(payload)}`)
        break
      case 'objection':
        under(number(payload, 'line'), of, `异议 objection: ${seat(string(payload, 'seatId'))}：${string(payload, 'text')}`)
        break
      case 'refusal':
        under(number(payload, 'objection'), of, `不予更正 left as it is${why(payload)}`)
        break
      case 'reading': {
        const upTo = number(payload, 'upTo')
        readings.push(`${INDENT}${of}. ${seat(string(payload, 'seatId'))}：至第 ${upTo} 条 up to entry ${upTo}`)
      }
    }
  }
  const body = [...lines.values()].flat().map((line) => `${line}\n`)
  const read = readings.length === 0 ? [] : ['\n已阅 Read\n', ...readings.map((line) => `${line}\n`)]
  return [head(started), ...body, ...read].join('')
}

const head = (started: Json): string => `调解笔录 Transcript of the mediation
====================================
录制编号 Recording: ${string(started, 'recordingId')}
场次 Session: ${string(started, 'sessionId')}
开始 Begun: ${string(started, 'startedAt')}

由过程账本（ledger.jsonl）逐条得出：更正、划去和异议都保留，没有任何一条被改写。
Follows entry by entry from ledger.jsonl: corrections, strikes and objections are kept, nothing
is overwritten.

`

const speech = (entry: Json): string => `${seat(string(entry, 'speaker'))}：${string(entry, 'text')}`

function why(entry: Json): string {
  const objection = number(entry, 'objection')
  const answers = objection < 0 ? '' : `；答复第 ${objection} 条 answers ${objection}`
  return `（理由 reason: ${string(entry, 'reason')}${answers}）`
}

function seat(id: string): string {
  if (id === '') return '记录 note'
  if (id === 'mediator') return '调解员 mediator'
  return /^party-[0-9]+$/.test(id) ? `当事人${id.slice(6)} ${id}` : id
}

function clock(sinceMs: number): string {
  const seconds = Math.floor(Math.max(0, sinceMs) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `[${parts.map((part) => String(part).padStart(2, '0')).join(':')}] `
}

/** Browsers differ in what they do beyond milliseconds. */
function millis(json: Json, key: string): number {
  const at = Date.parse(string(json, key).replace(/(\.\d{3})\d*Z$/, '$1Z'))
  return Number.isNaN(at) ? 0 : at
}
