import { type InjectionKey, inject, type ShallowRef, shallowRef } from 'vue'

import type { Message } from './message'
import { agreement } from './messages/agreement'
import { caucus } from './messages/caucus'
import { custody } from './messages/custody'
import { errors } from './messages/errors'
import { events } from './messages/events'
import { films } from './messages/films'
import { general } from './messages/general'
import { join } from './messages/join'
import { operator } from './messages/operator'
import { room } from './messages/room'
import { sealed } from './messages/sealed'
import { staff } from './messages/staff'
import { transcript } from './messages/transcript'

const messages = {
  ...general,
  ...errors,
  ...join,
  ...room,
  ...agreement,
  ...transcript,
  ...staff,
  ...events,
  ...operator,
  ...films,
  ...custody,
  ...sealed,
  ...caucus,
}

export type MessageKey = keyof typeof messages
export type Lang = 'zh-CN' | 'en'

export interface I18n {
  readonly lang: Readonly<ShallowRef<Lang>>
  readonly t: (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string
  readonly toggle: () => void
  /** Formats an instant in epoch milliseconds for people. */
  readonly dateTime: (epochMs: number) => string
}

const STORAGE_KEY = 'heyi.lang'
export const i18nKey: InjectionKey<I18n> = Symbol('i18n')

export interface I18nOptions {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  readonly document: Document
}

/** Chinese unless this person chose English before. */
export function createI18n({ storage, document }: I18nOptions): I18n {
  const lang = shallowRef<Lang>(storage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh-CN')
  const show = () => {
    document.documentElement.lang = lang.value
  }
  show()
  return {
    lang,
    t: (key, params) => fill(messages[key], lang.value, params),
    toggle: () => {
      lang.value = lang.value === 'en' ? 'zh-CN' : 'en'
      storage.setItem(STORAGE_KEY, lang.value)
      show()
    },
    dateTime: (epochMs) =>
      new Intl.DateTimeFormat(lang.value, { dateStyle: 'medium', timeStyle: 'short' }).format(epochMs),
  }
}

function fill(message: Message, lang: Lang, params: Readonly<Record<string, string | number>> = {}): string {
  const sentence = lang === 'en' ? message.en : message.zh
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** Narrows a word from the server to a message, when we have one for it. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.prototype.hasOwnProperty.call(messages, key)
}

export function useI18n(): I18n {
  const i18n = inject(i18nKey)
  if (i18n === undefined) throw new Error('i18n is not provided')
  return i18n
}
