/** Stops what was scheduled; calling it again does nothing. */
export type Cancel = () => void

/** Time as core sees it: one clock, one-shot and repeated tasks. Tests drive it by hand. */
export interface Scheduler {
  /** Milliseconds that never jump; only differences mean anything. */
  now(): number
  after(delayInMs: number, task: () => void): Cancel
  every(periodInMs: number, task: () => void): Cancel
}

export const browserScheduler: Scheduler = {
  now: () => performance.now(),
  after: (delayInMs, task) => {
    const id = setTimeout(task, delayInMs)
    return () => clearTimeout(id)
  },
  every: (periodInMs, task) => {
    const id = setInterval(task, periodInMs)
    return () => clearInterval(id)
  },
}
