// CPU time (user and system of the process tree) from start to first work, and of a whole experiment, on the Node that
// runs this file.
//   npm run build
//   node bench/start.mjs [python with great_expectations, mlflow and scikit-learn]
// Prints the median of 9 runs each, as ratios to `node -e 0`; the experiment beside importing the usual Python stack.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const python = process.argv[2]
const folder = mkdtempSync(join(tmpdir(), 'mlwright-bench-'))
const project = join(folder, 'telco-churn')
cpSync(join(root, 'examples/telco-churn'), project, { recursive: true })
const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', ...args], { cwd: project })
git('init', '--quiet', '--initial-branch=main')
git('add', '--all')
git('commit', '--quiet', '--message=Start')

const runner = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY: 'acme/churn',
  MLWRIGHT_NATIVES: root,
  RUNNER_TEMP: folder,
}

/** Seconds of CPU of a command and everything that it starts. */
function cpu(command, cwd, environment = {}) {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1 || true'
  const text = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`, 'bench', ...command], {
    cwd,
    env: { PATH: process.env.PATH, HOME: folder, GITHUB_WORKSPACE: cwd, ...environment },
    encoding: 'utf8',
  })
  const [user, system] = text.trim().split('\n').at(-1).split(' ').map(Number)
  return user + system
}

function median(runs, measure) {
  const values = Array.from({ length: runs }, measure).sort((a, b) => a - b)
  return values[Math.floor(runs / 2)]
}

const empty = join(folder, 'empty')
mkdirSync(empty)
writeFileSync(join(empty, 'one.csv'), 'a\n1\n')
const validate = [process.execPath, join(root, 'dist/validate.js')]
const node = median(9, () => cpu([process.execPath, '-e', '0'], folder))
const core = median(9, () => cpu(validate, empty, runner))
const engine = median(9, () => cpu(validate, empty, { ...runner, INPUT_DATA: 'one.csv' }))
const validation = median(9, () => cpu(validate, project, runner))
const experiment = median(5, () => {
  rmSync(join(project, '.mlwright'), { recursive: true, force: true })
  return cpu([process.execPath, join(root, 'packages/cli/bin/mlwright.js'), 'run', 'experiment'], project)
})
const ratio = (seconds) => `${seconds.toFixed(3)} s, ${(seconds / node).toFixed(1)} x node -e 0`
console.log(`Node ${process.version}, node -e 0: ${node.toFixed(3)} s`)
console.log(`an action that finds no mlwright.yml (runner port only): ${ratio(core)}`)
console.log(`validate of one row (until DuckDB has answered): ${ratio(engine)}`)
console.log(`validate of 7,043 rows with 30 rules: ${ratio(validation)}`)
console.log(`run experiment on telco-churn: ${ratio(experiment)}`)
if (python) {
  const stack = median(5, () => cpu([python, '-c', 'import great_expectations, mlflow, sklearn'], folder))
  console.log(`python -c 'import great_expectations, mlflow, sklearn': ${stack.toFixed(3)} s`)
  console.log(`experiment / import: ${(experiment / stack).toFixed(2)}`)
}
rmSync(folder, { recursive: true, force: true })
