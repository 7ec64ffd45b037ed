import { onMounted, type ShallowRef, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import type { Problem } from '@/core/result'
import type { User } from '@/protocol/rest'
import { useServices } from '@/services'

export interface UseUserReturn {
  readonly user: Readonly<ShallowRef<User | null>>
  /** Sends a person whose login is missing or over to the login page, and back here afterwards. True when it did. */
  readonly leaveIfLoggedOut: (problem: Problem) => boolean
  readonly logout: () => Promise<void>
}

/** Who uses this staff page. */
export function useUser(): UseUserReturn {
  const { rest } = useServices()
  const router = useRouter()
  const route = useRoute()
  const user = shallowRef<User | null>(null)

  function leaveIfLoggedOut({ status }: Problem): boolean {
    if (status !== 401) return false
    void router.replace({ name: 'login', query: { next: route.fullPath } })
    return true
  }

  onMounted(async () => {
    const answer = await rest.me()
    if (answer.ok) user.value = answer.value
    else leaveIfLoggedOut(answer.problem)
  })

  return {
    user,
    leaveIfLoggedOut,
    logout: async () => {
      await rest.logout()
      await router.push({ name: 'login' })
    },
  }
}
