import { ProblemError } from '../problem-error.ts'

/** The body as it came. Counted while it is read: a length that the sender claims is not believed. */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new ProblemError(
      'body-too-large',
      `The body is larger than ${limit / 1024 / 1024} MiB. Send it in parts.`,
    )
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
