// `mlwright monitor` in a process of its own: node drift-ours.mjs FOLDER ARGUMENTS…
import { fileURLToPath } from 'node:url'
import { main } from '../packages/cli/lib/main.js'

const [, , folder, ...argv] = process.argv
process.exitCode = await main(argv, {
  folder,
  environment: { PATH: process.env.PATH },
  script: fileURLToPath(import.meta.url),
  stdin: process.stdin,
  stdout: process.stderr,
  stderr: process.stderr,
})
