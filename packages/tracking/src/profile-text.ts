import type { Profile } from '@mlwright/domain'

/** Text of a profile with a line for each column, which is a third of what a line for each number would take. */
export function profileText(profile: Profile): string {
  const fields = Object.entries(profile).map(([name, value]) => {
    const lines = Array.isArray(value)
      ? `[\n${value.map((each) => JSON.stringify(each)).join(',\n')}\n]`
      : JSON.stringify(value)
    return `${JSON.stringify(name)}: ${lines}`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}
