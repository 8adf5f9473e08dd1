/** @NOTE replaced below by the bundled reader. */
export function referencePage(_document: string): Response {
  return new Response('')
}
