/** What tells two calls of the same pipeline in one workflow apart. */
export interface PipelineScope {
  readonly model?: string | undefined
  readonly workingDirectory?: string | undefined
}

/** The name of an artifact that carries `records` or `trained` models from one job of a pipeline to the next. */
export function artifactName(what: 'records' | 'trained', { model, workingDirectory }: PipelineScope): string {
  const folder = (workingDirectory ?? '').replace(/^[./]+|\/+$/g, '').replace(/[^\w.-]+/g, '-')
  return ['mlwright', what, folder, model].filter(Boolean).join('-')
}
