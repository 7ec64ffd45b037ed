import { createRouter, createWebHistory, type Router } from 'vue-router'

export function createHeyiRouter(): Router {
  return createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', name: 'home', component: () => import('./features/login/HomePage.vue') },
      { path: '/j', name: 'join', component: () => import('./features/join/JoinPage.vue') },
      { path: '/login', name: 'login', component: () => import('./features/login/LoginPage.vue') },
      { path: '/cases', name: 'cases', component: () => import('./features/cases/CaseListPage.vue') },
      { path: '/cases/:id', name: 'case', component: () => import('./features/cases/CasePage.vue'), props: true },
      { path: '/sessions', name: 'sessions', component: () => import('./features/sessions/SessionSearchPage.vue') },
      {
        path: '/room/:sessionId',
        name: 'console',
        component: () => import('./features/console/ConsolePage.vue'),
        props: true,
      },
      {
        path: '/replay/:sessionId',
        name: 'replay',
        component: () => import('./features/replay/ReplayPage.vue'),
        props: true,
      },
      { path: '/sealed/:sessionId', name: 'sealed', component: () => import('./features/sealed/SealedPage.vue'), props: true },
      { path: '/operator/bridges', name: 'bridges', component: () => import('./features/operator/BridgesPage.vue') },
      { path: '/:rest(.*)*', name: 'not-found', component: () => import('./ui/NotFoundPage.vue') },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
}
