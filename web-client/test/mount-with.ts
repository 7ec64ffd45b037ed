import { mount, type VueWrapper } from '@vue/test-utils'
import type { Component } from 'vue'

import { RestClient } from '@/core/rest-client'
import { createI18n, type I18n, i18nKey } from '@/i18n'
import { servicesKey } from '@/services'

import { ManualScheduler } from './manual-scheduler'

export function testI18n(): I18n {
  return createI18n({ storage: { getItem: () => null, setItem: () => undefined }, document })
}

export interface MountOptions {
  readonly props?: Record<string, unknown>
  readonly fetch?: typeof fetch
  readonly i18n?: I18n
}

/** Mounts with the services every page has; what the network answers is the test's business. */
export function mountWith(component: Component, { props = {}, fetch, i18n = testI18n() }: MountOptions = {}): VueWrapper {
  const rest = new RestClient({ fetch: fetch ?? (() => Promise.reject(new TypeError('no network'))), timeoutInMs: 1_000 })
  return mount(component, {
    props,
    attachTo: document.body,
    global: {
      provide: { [i18nKey]: i18n, [servicesKey]: { rest, scheduler: new ManualScheduler(), window } },
    },
  })
}
