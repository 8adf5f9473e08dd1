/** RFC 6901 pointers: how fields are named in differences, diagnostics of the API and conflicts. */
export type Path = readonly (string | number)[]

export function printPointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The parts of a pointer, all as strings: `/columns/0` gives `['columns', '0']`. */
export function parsePointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
