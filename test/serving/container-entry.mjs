// The program of a container, as its image starts it, without a bundle.
import { main } from '../../packages/serving/lib/main.js'

await main()
