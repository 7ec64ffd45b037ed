import type { Cancel, Scheduler } from '@/core/scheduler'

interface Task {
  dueAt: number
  readonly periodInMs: number | null
  readonly run: () => void
}

/** Time that moves only when a test says so; tasks run in the order they are due. */
export class ManualScheduler implements Scheduler {
  private time = 0
  private readonly tasks = new Set<Task>()

  now(): number {
    return this.time
  }

  after(delayInMs: number, run: () => void): Cancel {
    return this.add({ dueAt: this.time + delayInMs, periodInMs: null, run })
  }

  every(periodInMs: number, run: () => void): Cancel {
    return this.add({ dueAt: this.time + periodInMs, periodInMs, run })
  }

  elapse(millis: number): void {
    const end = this.time + millis
    for (let task = this.next(end); task !== undefined; task = this.next(end)) {
      this.time = task.dueAt
      if (task.periodInMs === null) this.tasks.delete(task)
      else task.dueAt += task.periodInMs
      task.run()
    }
    this.time = end
  }

  private next(end: number): Task | undefined {
    return [...this.tasks].filter(({ dueAt }) => dueAt <= end).sort((one, two) => one.dueAt - two.dueAt)[0]
  }

  private add(task: Task): Cancel {
    this.tasks.add(task)
    return () => this.tasks.delete(task)
  }
}
