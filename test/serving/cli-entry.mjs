// The program `mlwright`, as `bin/mlwright.js` starts it, without a bundle.
import { main } from '../../packages/cli/lib/main.js'

process.exitCode = await main(process.argv.slice(2))
