// An inference thread that sleeps for 1.5 s before every run of a model that says `test.slow` in its metadata.
import { parentPort } from 'node:worker_threads'
import { nativeLoader, onnxSessions } from '../../packages/engines/lib/index.js'
import { inferenceWorker } from '../../packages/serving/lib/index.js'

const sessions = onnxSessions({ load: nativeLoader({ own: import.meta.url }) })
await inferenceWorker(parentPort, {
  async open(model) {
    const session = await sessions.open(model)
    if (!session.metadata.has('test.slow')) return session
    return { ...session, run: (feeds) => new Promise((done) => setTimeout(() => done(session.run(feeds)), 1500)) }
  },
})
