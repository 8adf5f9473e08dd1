export function GitOverview() {
  return null
}
