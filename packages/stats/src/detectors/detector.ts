/** What a detector thinks after a value. */
export type Alarm = 'drift' | 'warning' | null

/** Watches a stream; it starts afresh with the value after an alarm. */
export interface Detector {
  /** Takes the next value and says whether the stream has changed. */
  update(value: number): Alarm
}
