const allowed = [
  'HOME',
  'LANG',
  'LC_ALL',
  'MLWRIGHT_NATIVES',
  'PATH',
  'RUNNER_TEMP',
  'RUNNER_TOOL_CACHE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'USERPROFILE',
]

/** What a process for untrusted SQL may know of the environment: where things are, and no token. */
export function cageEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && allowed.includes(entry[0].toUpperCase()),
    ),
  )
}
