import { randomUUID } from 'node:crypto'
import { EOL } from 'node:os'

/** A log command such as `::error file=a.yaml,line=3::message`, on a line of its own; properties that are null are left out. */
export function runnerCommand(
  name: string,
  properties: Readonly<Record<string, string | number | null>>,
  message: string,
): string {
  const said = Object.entries(properties).filter(([, value]) => value !== null && value !== '')
  const list = said.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')
  return `::${name}${list && ` ${list}`}::${escapeData(message)}${EOL}`
}

/** An entry of a runner's command file, between delimiters that its value cannot know. */
export function fileCommand(name: string, value: string): string {
  const delimiter = `ghadelimiter_${randomUUID()}`
  return [`${name}<<${delimiter}`, value, delimiter, ''].join(EOL)
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
