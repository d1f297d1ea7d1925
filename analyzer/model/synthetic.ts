/**
 * Digits of a trace id that the ids of its made spans begin with. A run of an agent that sends log records alone has such an
 * id: no stored span has it, and the trace is found by it all the same.
 */
export const TRACE_DIGITS_IN_SPAN_ID = 8
