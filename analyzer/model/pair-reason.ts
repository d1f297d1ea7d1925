/** Why two calls are not called independent. */
export type PairReason =
  // A path of dependencies leads from the earlier call to the later one, sure enough or not.
  | 'data'
  | 'control'
  | 'declared'
  | 'session'
  | 'state'
  | 'through-others'
  // Nothing shows that the later call needs the earlier one, and something may hide that it does.
  | 'clocks'
  | 'cut-off'
  | 'not-captured'
  | 'no-turn'
  | 'prompt-unknown'
  | 'asks-again'
  | 'branch'
  | 'makes-up'
  | 'yes-or-no'
  | 'instructions'
  | 'standing'
  | 'elsewhere'
  | 'candidate'
  | 'shown-again'
  | 'weak-value'
  | 'authored'
  | 'quotes'
  | 'no-arguments'
  | 'deed'
  | 'unsure'
  | 'history'
  | 'said'

/** How a reason reads behind a verdict: `unknown, as the earlier one answered yes or no, which may have decided on the later one`. */
export const PAIR_WORDS: Readonly<Record<PairReason, string>> = {
  data: 'a value of that result seems to be in the arguments',
  control: 'it may have been decided on because of that result',
  declared: 'the order was declared',
  session: 'both act on one session, whose order is its meaning',
  state: 'they may touch the same thing, and not both only read',
  'through-others': 'calls in between seem to lead from one to the other',
  clocks: 'the order of their turns is not that of their times',
  'cut-off': 'arguments or results were cut off',
  'not-captured': 'arguments or results were not captured',
  'no-turn': 'it is not known which model turn asked for them',
  'prompt-unknown': 'the prompt was not captured, so no value can be cleared as the user’s own',
  'asks-again': 'it asks the same again, as one does who waits for another answer',
  branch: 'the task makes something hang on what is found, and this call may be it',
  'makes-up': 'the earlier one failed or found nothing, and this one may make up for it',
  'yes-or-no': 'the earlier one answered yes or no, which may have decided on this one',
  instructions: 'the earlier result may say what to do next',
  standing: 'the earlier result says how something stands, which may have decided on this one',
  elsewhere: 'it asks elsewhere for the same, as one does whom the first answer did not satisfy',
  candidate: 'its arguments are among several things that the task offers, and that result may have picked',
  'shown-again':
    'that result shows a value of its arguments that the task names too, and may be what it was taken from',
  'weak-value': 'a value of its arguments may be from that result, or there by chance',
  authored: 'the model wrote new values after it had seen that result',
  quotes: 'its text takes words from results',
  'no-arguments': 'it takes no arguments that would say what it was made for',
  deed: 'what was done or read before may have decided whether to change something',
  unsure: 'nothing shows that it needs it, which is not sure enough by itself',
  history: 'other runs of the agent say otherwise than this one, or less surely',
  said: 'you or the configuration said so',
}
