import type { Clock } from '@mlwright/domain'

/** A clock that stands still until it is set, or somebody sleeps. */
export class MemoryClock implements Clock {
  time: Date

  constructor(time = new Date('2026-05-11T09:30:00Z')) {
    this.time = time
  }

  now(): Date {
    return new Date(this.time)
  }

  async sleep(milliseconds: number): Promise<void> {
    this.time = new Date(this.time.getTime() + milliseconds)
  }
}
