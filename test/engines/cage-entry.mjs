// The process that the tests cage queries in, as a composition root would start it.
import { cageMain, nativeLoader } from '../../packages/engines/lib/index.js'

await cageMain(nativeLoader({ own: import.meta.url }))
