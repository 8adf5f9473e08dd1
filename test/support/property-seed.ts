import fc from 'fast-check'

/**
 * Every property runs the same values every time, so that a red run is red for everybody. Other seeds go by the
 * variable; `npm run soak` takes fresh ones.
 */
fc.configureGlobal({ seed: Number(process.env.TANDEM_PROPERTY_SEED ?? 7) })
