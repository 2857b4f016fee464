// The program that the tests' servers start as an inference thread.
import { workerMain } from '../../packages/serving/lib/main.js'

await workerMain()
