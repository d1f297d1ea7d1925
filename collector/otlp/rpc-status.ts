// google.rpc.Status with RetryInfo, as gRPC carries it in the `grpc-status-details-bin` trailer.

import protobuf from 'protobufjs/light.js'

const root = protobuf.Root.fromJSON({
  nested: {
    Duration: { fields: { seconds: { id: 1, type: 'int64' }, nanos: { id: 2, type: 'int32' } } },
    RetryInfo: { fields: { retryDelay: { id: 1, type: 'Duration' } } },
    Any: { fields: { typeUrl: { id: 1, type: 'string' }, value: { id: 2, type: 'bytes' } } },
    Status: {
      fields: {
        code: { id: 1, type: 'int32' },
        message: { id: 2, type: 'string' },
        details: { id: 3, type: 'Any', rule: 'repeated' },
      },
    },
  },
})

export const RetryInfoType = root.lookupType('RetryInfo')
export const DetailedStatusType = root.lookupType('Status')
export const RETRY_INFO_URL = 'type.googleapis.com/google.rpc.RetryInfo'

/** A Status that tells the sender to try again after `retryAfterMs`. */
export function encodeRetryableStatus(code: number, message: string, retryAfterMs: number): Uint8Array {
  const retryDelay = { seconds: Math.floor(retryAfterMs / 1000), nanos: (retryAfterMs % 1000) * 1_000_000 }
  const details = [{ typeUrl: RETRY_INFO_URL, value: RetryInfoType.encode({ retryDelay }).finish() }]
  return DetailedStatusType.encode({ code, message, details }).finish()
}
