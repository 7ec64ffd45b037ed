import type { Chunk } from './integrity-check'

export type Verdict = 'open' | 'good' | 'bad'

/** Neighbouring chunks of one verdict. */
export interface IntegrityRun {
  readonly fromMs: number
  readonly toMs: number
  readonly verdict: Verdict
}

/** As few runs as say the same: an hour has 1800 chunks. */
export function integrityRuns(chunks: readonly Chunk[], verdict: (number: number) => Verdict): readonly IntegrityRun[] {
  const runs: { fromMs: number; toMs: number; verdict: Verdict }[] = []
  for (const { number, fromMs, toMs } of chunks) {
    const last = runs[runs.length - 1]
    const now = verdict(number)
    if (last?.verdict === now) last.toMs = toMs
    else runs.push({ fromMs, toMs, verdict: now })
  }
  return runs
}
