import { setFlagsFromString } from 'node:v8'
import { nearest, version } from '@mlwright/domain'
import { cageArgument } from './cage-argument.ts'
import { commands, findCommand } from './commands.ts'
import { inferenceArgument } from './inference-argument.ts'
import type { Terminal } from './terminal.ts'

/** Commands that are over before what V8's optimising compiler costs comes back: without it `show` needs a fifth less. */
const brief: readonly (string | undefined)[] = ['show', 'history']

/** This process, made ready for a command. */
function here(command: string | undefined): Terminal {
  process.env.ORT_DISABLE_TELEMETRY = '1'
  if (brief.includes(command)) setFlagsFromString('--no-opt')
  const { stdin, stdout, stderr, env: environment } = process
  return { folder: process.cwd(), environment, script: process.argv[1] ?? '', stdin, stdout, stderr }
}

async function overview(): Promise<string> {
  const { renderList } = await import('@mlwright/action')
  const rows = await Promise.all(
    commands.map(async (entry) => [entry.words.join(' '), (await entry.load(null, null)).description] as const),
  )
  return [
    'MLOps that lives in a GitHub repository, on this machine.',
    'Usage: mlwright <command> [options]',
    `Commands:\n${renderList(rows)}`,
    '`mlwright <command> --help` shows the options of a command. Exit code: 0 pass or warn, 1 fail, 2 wrong use.\n',
  ].join('\n\n')
}

/** The program `mlwright`; returns its exit code: 0 for pass or warn, 1 for fail, 2 for wrong use. */
export async function main(argv: readonly string[], terminal: Terminal = here(argv[0])): Promise<number> {
  const { stdout, stderr } = terminal
  // A reader that has seen enough closes the pipe; that is no error of ours.
  for (const stream of [stdout, stderr])
    if (stream.listenerCount('error') === 0)
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error
      })
  const [first] = argv
  if (first === '--version' || first === '-v') {
    stdout.write(`${version}\n`)
    return 0
  }
  if (first === cageArgument) {
    const [{ cageMain }, { laptopNatives }] = await Promise.all([
      import('@mlwright/engines'),
      import('./laptop-ports.ts'),
    ])
    await cageMain(await laptopNatives(terminal))
    return 0
  }
  if (first === inferenceArgument) {
    const [{ inferenceWorker }, { onnxSessions }, { laptopNatives }, { parentPort }] = await Promise.all([
      import('@mlwright/serving'),
      import('@mlwright/engines'),
      import('./laptop-ports.ts'),
      import('node:worker_threads'),
    ])
    await inferenceWorker(parentPort!, onnxSessions({ load: await laptopNatives(terminal) }))
    return 0
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const text = await overview()
    ;(first === undefined ? stderr : stdout).write(text)
    return first === undefined ? 2 : 0
  }
  const entry = findCommand(argv)
  if (entry) {
    const { runCommand } = await import('./run-command.ts')
    return runCommand(entry, argv.slice(entry.words.length), terminal)
  }
  const names = commands.map(({ words }) => words.join(' '))
  const typed = first === 'run' && argv[1] !== undefined ? `run ${argv[1]}` : first
  const near = nearest(typed, names) ?? (first === 'run' ? 'run experiment' : null)
  const hint = near
    ? `did you mean \`mlwright ${near}\`?`
    : `there are ${names.map((name) => `\`${name}\``).join(', ')}.`
  stderr.write(`mlwright has no command \`${typed}\`; ${hint}\n`)
  return 2
}
