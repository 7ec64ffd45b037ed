import { describe, expect, it } from 'vitest'

import { mountWith } from '../../../test/mount-with'
import ConsentStep from './ConsentStep.vue'

describe('ConsentStep', () => {
  it('asks for each purpose apart and ticks neither beforehand', () => {
    const step = mountWith(ConsentStep)
    const boxes = step.findAll<HTMLInputElement>('input[type=checkbox]')

    expect(boxes.map(({ element }) => element.checked)).toEqual([false, false])
  })

  it('goes on only with both', async () => {
    const step = mountWith(ConsentStep)
    const agree = step.get('[data-testid=consent-agree]')
    await step.get('[data-testid=consent-online]').setValue(true)
    expect(agree.attributes()).toHaveProperty('disabled')

    await step.get('[data-testid=consent-recording]').setValue(true)
    await agree.trigger('click')
    expect(step.emitted('agree')).toHaveLength(1)
  })

  it('leaves another way open to who refuses', async () => {
    const step = mountWith(ConsentStep)
    await step.get('[data-testid=consent-refuse]').trigger('click')

    expect(step.emitted('refuse')).toHaveLength(1)
  })
})
