/** One sentence in each language; Chinese is the source. `{name}` is filled in. */
export interface Message {
  readonly zh: string
  readonly en: string
}

export type Messages = Readonly<Record<string, Message>>
