/** The argument that makes a thread of this program one that runs models. */
export const inferenceArgument = '__inference'
