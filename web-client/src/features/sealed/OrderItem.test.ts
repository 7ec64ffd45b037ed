import { afterEach, describe, expect, it } from 'vitest'

import type { UnsealingOrder } from '@/protocol/sealed'
import { mountWith } from '../../../test/mount-with'
import OrderItem from './OrderItem.vue'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const ORDER: UnsealingOrder = {
  orderId: 'order-1',
  state: 'REQUESTED',
  reason: '投诉调查',
  hours: 2,
  requested: { displayName: '审计员', role: 'auditor', at: NOW },
  own: false,
  mayApprove: true,
  mayDecline: true,
  mayRevoke: false,
}
const agreed = { decided: { displayName: '书记员', role: 'clerk', at: NOW }, mayApprove: false, mayDecline: false }

function item(change: Partial<UnsealingOrder>) {
  return mountWith(OrderItem, { props: { order: { ...ORDER, ...change }, now: NOW, busy: false } })
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('an order to open what is sealed', () => {
  it('is agreed to or declined by somebody else', async () => {
    const shown = item({})
    await shown.get('[data-testid=sealed-approve]').trigger('click')
    await shown.get('[data-testid=sealed-decline]').trigger('click')

    expect(shown.emitted('approve')).toHaveLength(1)
    expect(shown.emitted('decline')).toHaveLength(1)
    expect(shown.text()).toContain('投诉调查')
  })

  it('says whose consent is missing to who asked', () => {
    expect(item({ own: true, mayApprove: false }).text()).toContain('等待另一位调解组织工作人员同意')
  })

  it('says how long it is good, and may be taken back meanwhile', async () => {
    const shown = item({ ...agreed, state: 'APPROVED', until: NOW + 90 * 60_000, opens: true, mayRevoke: true })
    await shown.get('[data-testid=sealed-revoke]').trigger('click')

    expect(shown.get('[data-testid=sealed-left]').text()).toBe('还剩 1 小时 30 分')
    expect(shown.emitted('revoke')).toHaveLength(1)
  })

  it('is over when its time is, and offers nothing', () => {
    const shown = item({ ...agreed, state: 'APPROVED', until: NOW, opens: false })

    expect(shown.get('[data-testid=sealed-order]').attributes('data-state')).toBe('OVER')
    expect(shown.find('button').exists()).toBe(false)
  })
})
