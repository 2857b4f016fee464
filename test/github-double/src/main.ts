import { type GitHubOptions, startGitHub } from './start-github.ts'

/**
 * The double as a program: `node test/github-double/lib/main.js '{"owner":"acme","name":"churn","gitFolder":"…"}'`.
 * Prints one line of JSON with its addresses when it listens, and ends on SIGTERM.
 */
const options: GitHubOptions = JSON.parse(process.argv[2] ?? '{}')
const double = await startGitHub(options)
const { apiUrl, graphqlUrl, resultsUrl, gitFolder } = double
process.stdout.write(`${JSON.stringify({ apiUrl, graphqlUrl, resultsUrl, gitFolder })}\n`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void double.close())
