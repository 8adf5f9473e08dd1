/**
 * Where a request comes from, for the limit on sign-ins. A header is believed only behind a proxy of the
 * administrator's (`TANDEM_PUBLIC_URL` is set), and then its last entry: the one that the proxy wrote.
 */
export function clientAddress(request: Request, socketAddress: string, behindProxy: boolean): string {
  const forwarded = behindProxy
    ? request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()
    : undefined
  return forwarded || socketAddress
}
