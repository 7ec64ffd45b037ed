import { DecodeError, fromJson, listOf, maybe, object, oneOf, text, truth } from '@/protocol/decode'

const remembered = object({
  seatToken: text,
  sessionId: text,
  invitation: maybe(text),
  consents: listOf(object({ purpose: oneOf('recording', 'online'), version: text, accepted: truth }), 8),
  audioMuted: truth,
  videoMuted: truth,
})
export type RememberedSeat = ReturnType<typeof remembered>

type SessionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Remembers the seat of this tab, so that a refresh in the middle returns to it. Only this tab, only until it closes:
 * a seat token in lasting storage would outlive the session on a borrowed phone.
 */
export class SeatMemory {
  constructor(
    private readonly storage: SessionStorage,
    private readonly key: string,
  ) {}

  recall(): RememberedSeat | null {
    const json = this.storage.getItem(this.key)
    if (json === null) return null
    try {
      return fromJson(remembered, json)
    } catch (failure) {
      if (!(failure instanceof DecodeError)) throw failure
      return null
    }
  }

  remember(seat: RememberedSeat): void {
    this.storage.setItem(this.key, JSON.stringify(seat))
  }

  forget(): void {
    this.storage.removeItem(this.key)
  }
}
