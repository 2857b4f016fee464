/**
 * The message of a commit that may be replaced, since a machine made it and nobody changed it: its last line names its tree.
 * An amended commit, or one on top of it, is not such a commit.
 */
export function ownMessage(message: string, tree: string): string {
  return `${message}\n\nMlwright-Tree: ${tree}`
}

/** Whether a commit with this message and tree was made with `ownMessage`. */
export function isOwnCommit(message: string, tree: string): boolean {
  return message.trimEnd().endsWith(`\nMlwright-Tree: ${tree}`)
}
