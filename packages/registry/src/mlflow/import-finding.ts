import type { Finding } from '@mlwright/domain'
import { problemFinding } from '../diagnose/problem-finding.ts'

/** What an import leaves out, changes or could not do. */
export const importFinding = (message: string): Finding => problemFinding('mlflow-import', 'warn', message)
