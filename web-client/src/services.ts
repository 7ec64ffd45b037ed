import { inject, type InjectionKey } from 'vue'

import type { RestClient } from '@/core/rest-client'
import type { Scheduler } from '@/core/scheduler'

/** What pages need of the outside; tests provide fakes. */
export interface Services {
  readonly rest: RestClient
  readonly scheduler: Scheduler
  readonly window: Window
}

export const servicesKey: InjectionKey<Services> = Symbol('services')

export function useServices(): Services {
  const services = inject(servicesKey)
  if (services === undefined) throw new Error('services are not provided')
  return services
}
