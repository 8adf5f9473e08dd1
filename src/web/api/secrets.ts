import type { AllowSecret, Run } from '../../core/wire/run.ts'
import { call, path } from './client.ts'

/** Answers when the run that takes it along has ended. */
export const allowSecret = (ws: string, body: AllowSecret) =>
  call<Run>(path`/workspaces/${ws}/git/allow-secret`, { method: 'POST', body })
