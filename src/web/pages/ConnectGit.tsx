export function ConnectGit() {
  return null
}
