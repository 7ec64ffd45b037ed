import { onMounted, type ShallowRef, shallowRef } from 'vue'

import type { Problem } from '@/core/result'
import { type RememberedSeat, SeatMemory } from '@/core/seat-memory'
import { CONSENT_VERSION, type Consent } from '@/protocol/client-messages'
import type { InvitationPreview } from '@/protocol/rest'
import { useServices } from '@/services'

/** Where a party stands between the link and the room. */
export type JoinStage =
  | { readonly step: 'loading' }
  | { readonly step: 'failed'; readonly code: string; readonly correlationId?: string | undefined }
  | { readonly step: 'over' }
  | { readonly step: 'welcome'; readonly preview: InvitationPreview }
  | { readonly step: 'consent'; readonly preview: InvitationPreview }
  | { readonly step: 'declined'; readonly preview: InvitationPreview }
  | { readonly step: 'check'; readonly preview: InvitationPreview; readonly consents: readonly Consent[] }
  | { readonly step: 'room'; readonly seat: RememberedSeat; readonly rejoined: boolean }

export interface UseJoinReturn {
  readonly stage: Readonly<ShallowRef<JoinStage>>
  readonly busy: Readonly<ShallowRef<boolean>>
  readonly start: () => Promise<void>
  readonly goTo: (stage: JoinStage) => void
  readonly consent: (preview: InvitationPreview) => void
  readonly redeem: (consents: readonly Consent[], muted: SeatMutes) => Promise<void>
  readonly rememberMutes: (muted: SeatMutes) => void
  readonly forget: () => void
}

export interface SeatMutes {
  readonly audioMuted: boolean
  readonly videoMuted: boolean
}

const TOKEN = /^[A-Za-z0-9_-]{22}$/

export function useJoin(): UseJoinReturn {
  const { rest, window } = useServices()
  const memory = new SeatMemory(window.sessionStorage, 'heyi.seat')
  const stage = shallowRef<JoinStage>({ step: 'loading' })
  const busy = shallowRef(false)
  let token = ''

  function fail({ slug, correlationId }: Problem): void {
    stage.value = { step: 'failed', code: slug, correlationId }
  }

  async function start(): Promise<void> {
    stage.value = { step: 'loading' }
    token = window.location.hash.slice(1)
    const seat = memory.recall()
    if (seat !== null && (token === '' || token === seat.invitation)) {
      stage.value = { step: 'room', seat, rejoined: true }
      return
    }
    if (!TOKEN.test(token)) {
      stage.value = { step: 'failed', code: token === '' ? 'missing-token' : 'unknown-invitation' }
      return
    }
    const answer = await rest.previewInvitation(token)
    if (!answer.ok) fail(answer.problem)
    else if (isOver(answer.value)) stage.value = { step: 'over' }
    else stage.value = { step: 'welcome', preview: answer.value }
  }

  async function redeem(consents: readonly Consent[], muted: SeatMutes): Promise<void> {
    if (busy.value) return
    busy.value = true
    const answer = await rest.redeemInvitation(token)
    busy.value = false
    if (!answer.ok) {
      fail(answer.problem)
      return
    }
    const seat: RememberedSeat = { ...answer.value, invitation: token, consents, ...muted }
    memory.remember(seat)
    stage.value = { step: 'room', seat, rejoined: false }
  }

  onMounted(start)
  return {
    stage,
    busy,
    start,
    redeem,
    goTo: (next) => {
      stage.value = next
      window.scrollTo(0, 0)
    },
    consent: (preview) => {
      const consents = (['online', 'recording'] as const).map((purpose) => ({
        purpose,
        version: preview.consents.find((asked) => asked.purpose === purpose)?.version ?? CONSENT_VERSION,
        accepted: true,
      }))
      stage.value = { step: 'check', preview, consents }
      window.scrollTo(0, 0)
    },
    rememberMutes: (muted) => {
      const seat = memory.recall()
      if (seat !== null) memory.remember({ ...seat, ...muted })
    },
    forget: () => memory.forget(),
  }
}

function isOver({ sessionState }: InvitationPreview): boolean {
  return sessionState === 'SEALED' || sessionState === 'DISPOSED' || sessionState === 'SEALING' || sessionState === 'FAILED'
}
