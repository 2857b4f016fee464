import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { renderHelp, runAction } from '@mlwright/action'
import { UserError } from '@mlwright/domain'
import { readCommandLine } from './command-line.ts'
import type { CommandEntry } from './commands.ts'
import { LiveLine } from './live-line.ts'
import type { Terminal } from './terminal.ts'
import { terminalAsk } from './terminal-ask.ts'
import { TerminalRunner } from './terminal-runner.ts'

const extra = [
  ['--json', 'Print the result as JSON on standard output, in place of the summary.'],
  ['--help', 'Show this help.'],
] as const

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Runs one command; 0 for pass or warn, 1 for fail, 2 for wrong use. */
export async function runCommand(entry: CommandEntry, argv: readonly string[], terminal: Terminal): Promise<number> {
  const { stdin, stdout, stderr, environment } = terminal
  const ask = stdin.isTTY && stderr.isTTY ? terminalAsk(stdin, stderr) : null
  const action = await entry.load(ask, terminal)
  const given = readCommandLine(argv, action)
  const command = `mlwright ${entry.words.join(' ')}`
  if (given.help) {
    stdout.write(renderHelp(action, { command, extra, width: Math.min(stdout.columns ?? 100, 120) }))
    return 0
  }
  const line = new LiveLine(stderr)
  const colour = environment.NO_COLOR === undefined
  const runner = new TerminalRunner(
    { write: (text) => line.write(text), colour: colour && line.live },
    given.json ? null : { write: (text) => line.above(stdout, text), colour: colour && stdout.isTTY === true },
  )
  const folder = resolve(terminal.folder, given.values.get('working-directory') || '.')
  const problems = [...given.problems]
  if (!isFolder(folder)) problems.push(`\`--working-directory\`: there is no folder ${folder}; name one that exists.`)
  if (problems.length > 0) {
    runner.fail(`${problems.join('\n')}\n\`${command} --help\` shows every option.`)
    return 2
  }
  const { laptopPorts } = await import('./laptop-ports.ts')
  const { ports, close } = laptopPorts({ folder, environment, script: terminal.script, runner, line })
  try {
    const result = await runAction(action, (name) => given.values.get(name), ports, given.values.keys())
    if (given.json && result.outcome)
      stdout.write(`${JSON.stringify(result.outcome.noun, null, stdout.isTTY ? 2 : 0)}\n`)
    if (result.error instanceof UserError && result.exitCode === 2)
      runner.log(`\`${command} --help\` shows every option.`)
    return result.exitCode
  } finally {
    await close()
  }
}
