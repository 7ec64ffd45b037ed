import type { QualityReport } from '@/protocol/rest'
import type { QualityLevel } from '@/protocol/room-view'

export interface QualitySpan {
  readonly fromMs: number
  readonly toMs: number
  readonly level: QualityLevel
}

/** A report speaks for the time since the one before, and for no more than this: two of them. */
const MAX_SPAN_MS = 10_000

/** The reports of one seat as spans on the session's clock; equal neighbours are one span. */
export function qualitySpans(reports: readonly QualityReport[], startedAt: number): readonly QualitySpan[] {
  const spans: QualitySpan[] = []
  for (const { at, level } of reports) {
    const toMs = at - startedAt
    const last = spans[spans.length - 1]
    const fromMs = Math.max(last?.toMs ?? 0, toMs - MAX_SPAN_MS, 0)
    if (toMs <= fromMs) continue
    if (last !== undefined && last.level === level && last.toMs === fromMs) spans[spans.length - 1] = { ...last, toMs }
    else spans.push({ fromMs, toMs, level })
  }
  return spans
}
