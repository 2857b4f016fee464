import type { Sessions } from '@mlwright/domain'
import type { Packed } from '../tensors/packed.ts'
import { type LoadedModel, loadModel, type RunAnswer } from './loaded-model.ts'

/** A batch that the event loop may run by itself takes at most this long, in microseconds. */
const quick = 500
/** Most rows of a batch that runs there. */
export const quickRows = 32

/**
 * Runs small batches of a quick model on the event loop: handing them to a thread and waking up for the answer would cost
 * more than the run, and half a millisecond delays nobody. Whether a model is quick is measured once, when it is loaded.
 */
export class QuickLane {
  readonly #model: LoadedModel

  private constructor(model: LoadedModel) {
    this.#model = model
  }

  /** Loads the model and times it on its largest batch; null where it is not quick. */
  static async open(sessions: Sessions, file: Uint8Array, batch: () => Packed): Promise<QuickLane | null> {
    const model = await loadModel(sessions, file)
    const times: number[] = []
    for (let round = 0; round < 9; round++) times.push((await model.run(batch())).microseconds)
    if (times.sort((a, b) => a - b)[4]! <= quick) return new QuickLane(model)
    await model.close()
    return null
  }

  /** Whether a batch of so many rows should run here. */
  takes(rows: number): boolean {
    return rows <= quickRows
  }

  run(feeds: Packed): Promise<RunAnswer> {
    return this.#model.run(feeds)
  }

  close(): Promise<void> {
    return this.#model.close()
  }
}
