import './ui/tokens.css'
import './ui/base.css'
import 'vant/es/overlay/index.css'
import 'vant/es/popup/index.css'

import { createApp } from 'vue'

import App from './App.vue'
import { RestClient } from './core/rest-client'
import { browserScheduler } from './core/scheduler'
import { createI18n, i18nKey } from './i18n'
import { createHeyiRouter } from './router'
import { servicesKey } from './services'

const REQUEST_TIMEOUT_MS = 20_000

createApp(App)
  .provide(i18nKey, createI18n({ storage: localStorage, document }))
  .provide(servicesKey, {
    rest: new RestClient({ fetch: (input, init) => fetch(input, init), timeoutInMs: REQUEST_TIMEOUT_MS }),
    scheduler: browserScheduler,
    window,
  })
  .use(createHeyiRouter())
  .mount('#app')
