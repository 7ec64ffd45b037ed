import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'

import type { Cancel } from '@/core/scheduler'
import type { SessionRecord } from '@/protocol/rest'
import { useServices } from '@/services'

import type { Chunk, IntegrityNews, LedgerGap } from './integrity-check'
import { integrityRuns, type IntegrityRun, type Verdict } from './integrity-runs'
import type { IntegrityOrder } from './integrity-worker'

/** `reading` until the ledger is checked; `unable` when the server does not give it. */
export type IntegrityState = 'reading' | 'ledger-good' | 'ledger-bad' | 'unable'

export interface UseIntegrityReturn {
  readonly state: Readonly<ShallowRef<IntegrityState>>
  readonly runs: Readonly<ShallowRef<readonly IntegrityRun[]>>
  readonly gaps: Readonly<ShallowRef<readonly LedgerGap[]>>
  readonly checkAll: () => void
}

/** A position moves some times a second; the check hears of it less often, and after the pictures of a seek. */
const LOOK_MS = 600
/** No replay moves so far between two positions; somebody has sought. */
const SOUGHT_MS = 1_500

/** Checks the originals while they are replayed, from the first picture on and as long as the component lives. */
export function useIntegrity(session: SessionRecord, positionMs: () => number, begun: Readonly<ShallowRef<boolean>>): UseIntegrityReturn {
  const { scheduler } = useServices()
  const state = shallowRef<IntegrityState>('reading')
  const runs = shallowRef<readonly IntegrityRun[]>([])
  const gaps = shallowRef<readonly LedgerGap[]>([])
  const verdicts = new Map<number, Verdict>()
  let chunks: readonly Chunk[] = []
  let pending = false

  if (session.rootHash === undefined || typeof Worker === 'undefined') {
    state.value = 'unable'
    return { state, runs, gaps, checkAll: () => undefined }
  }
  const worker = new Worker(new URL('./integrity-worker.ts', import.meta.url), { type: 'module' })
  const send = (order: IntegrityOrder): void => worker.postMessage(order)
  onScopeDispose(() => worker.terminate())
  worker.onerror = () => (state.value = 'unable')
  worker.onmessage = ({ data }: MessageEvent<IntegrityNews>) => hear(data)

  function hear(news: IntegrityNews): void {
    switch (news.news) {
      case 'gaps':
        gaps.value = news.gaps
        return
      case 'ledger':
        chunks = news.chunks
        state.value = news.good ? 'ledger-good' : 'ledger-bad'
        return draw()
      case 'chunk':
        verdicts.set(news.number, news.good ? 'good' : 'bad')
        return draw()
      case 'unable':
        state.value = 'unable'
    }
  }

  /** Thousands of verdicts may come in a second; they are drawn once a picture. */
  function draw(): void {
    if (pending) return
    pending = true
    requestAnimationFrame(() => {
      pending = false
      runs.value = integrityRuns(chunks, state.value === 'ledger-bad' ? () => 'bad' : (each) => verdicts.get(each) ?? 'open')
    })
  }

  const path = `/api/sessions/${encodeURIComponent(session.sessionId)}`
  const subject = { ledgerUrl: `${path}/ledger`, chunksUrl: `${path}/chunks`, rootHash: session.rootHash }
  let cancelLook: Cancel | null = null

  function look(): void {
    cancelLook = null
    send({ order: 'look', atMs: positionMs() })
  }

  watch(begun, () => send({ order: 'open', subject }), { once: true })
  watch(positionMs, (nowMs, beforeMs) => {
    if (Math.abs(nowMs - beforeMs) > SOUGHT_MS) {
      send({ order: 'rest' })
      cancelLook?.()
      cancelLook = null
    }
    cancelLook ??= scheduler.after(LOOK_MS, look)
  })
  onScopeDispose(() => cancelLook?.())
  return { state, runs, gaps, checkAll: () => send({ order: 'all' }) }
}
