/** What git could not do, with the fix where it is known; `words` are its own. */
export function gitRefusal(args: readonly string[], folder: string, words: string): string {
  if (words.includes('not a git repository'))
    return `${folder} is in no git repository; go to one, or make it one with \`git init\`.`
  const [, object, tag] = /missing object (\w+) for refs\/tags\/(\S+)/.exec(words) ?? []
  if (tag)
    return `The tag ${tag} names the object ${object!.slice(0, 7)}, which is not in this repository; delete it with \`git tag -d '${tag}'\` and fetch the tags again.`
  const said = words.replace(/\s*\n\s*/g, ' ')
  if (args[0] === 'fetch')
    return `This clone is shallow, and what it lacks cannot be fetched from its origin (${said}); go online, or clone without \`--depth\`.`
  return `git ${args[0]} failed in ${folder}: ${said}`
}
