import type { Sessions } from '@mlwright/domain'
import type { Packed } from '../tensors/packed.ts'
import { type LoadedModel, loadModel, type RunAnswer } from './loaded-model.ts'
import type { ModelFacts } from './messages.ts'

/** A batch that the event loop may run by itself takes at most this long, in microseconds. */
const quick = 1000
/** Runs of one size that have taken this long without a quick one, in microseconds, end the measurement. */
const patience = 100_000
/** Larger files are not loaded on the event loop, which would stand still meanwhile. */
const largestFile = 32 * 2 ** 20
const sizes = [1, 8, 32, 128, 256] as const

/**
 * Runs batches of a quick model on the event loop: handing them to a thread and waking up for the answer would cost more
 * than the run, and a millisecond delays nobody. How many rows are quick is measured once, when the model is loaded.
 */
export class QuickLane {
  readonly #model: LoadedModel
  #rows = 0

  private constructor(model: LoadedModel) {
    this.#model = model
  }

  /** Loads a model that may be quick; null where its file is too large for that. Throws `UserError` MODEL_INVALID. */
  static async open(sessions: Sessions, file: Uint8Array): Promise<QuickLane | null> {
    return file.length > largestFile ? null : new QuickLane(await loadModel(sessions, file))
  }

  get facts(): ModelFacts {
    return this.#model.facts
  }

  /** Times the model on batches of growing size, up to `most` rows; true where at least one row is quick. */
  async measure(batch: (rows: number) => Packed, most: number): Promise<boolean> {
    for (const rows of sizes.filter((size) => size <= most)) {
      let best = Number.POSITIVE_INFINITY
      let spent = 0
      for (let round = 0; round < 9 && (spent < patience || best <= quick); round++) {
        const { microseconds } = await this.#model.run(batch(rows))
        best = Math.min(best, microseconds)
        spent += microseconds
      }
      if (best > quick) break
      this.#rows = rows
    }
    return this.#rows > 0
  }

  /** Most rows that should run here. */
  get rows(): number {
    return this.#rows
  }

  run(feeds: Packed): Promise<RunAnswer> {
    return this.#model.run(feeds)
  }

  close(): Promise<void> {
    return this.#model.close()
  }
}
