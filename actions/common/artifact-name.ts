/** What tells two calls of the same pipeline in one workflow apart. */
export interface PipelineScope {
  readonly model?: string | undefined
  readonly workingDirectory?: string | undefined
}

/** The folder of a pipeline below the repository's top: `''` or `services/churn/`. */
export function folderPrefix({ workingDirectory }: PipelineScope): string {
  const folder = (workingDirectory ?? '').replace(/^(\.\/)+|^\.$|\/+$/g, '')
  return folder && `${folder}/`
}

/** The name of an artifact that carries `records`, `trained` models, what is to be released, what `monitoring` found or which `images` were pushed from one job of a pipeline to the next. */
export function artifactName(
  what: 'records' | 'trained' | 'release' | 'monitoring' | 'images',
  { model, workingDirectory }: PipelineScope,
): string {
  const folder = (workingDirectory ?? '').replace(/^[./]+|\/+$/g, '').replace(/[^\w.-]+/g, '-')
  return ['mlwright', what, folder, model].filter(Boolean).join('-')
}
