// The kit types only its whole set; single files keep five thousand icons out of every build.
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  import type { FunctionComponent, SVGProps } from 'react'

  type Props = Omit<SVGProps<SVGSVGElement>, 'stroke'> & { readonly size?: number; readonly stroke?: number }
  const Icon: FunctionComponent<Props>
  export default Icon
}
