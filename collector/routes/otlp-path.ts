/** Whether a path is OTLP's: those who send there want a Status, the others a page or the API's JSON. */
export const isOtlpPath = (path: string): boolean => /^\/v1(development)?\//.test(path)
