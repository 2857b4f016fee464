/** Waits for some work, at most until a moment of `performance.now()`; no timer is left behind. */
export function within(end: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.max(end - performance.now(), 0))
    work.then(() => resolve(), reject).finally(() => clearTimeout(timer))
  })
}
