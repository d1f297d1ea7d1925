// Commands with many deeds, of which some only look: `git log`, `docker compose ps`, `kubectl -n shop get pods`.

/** Of each command: what only looks, as its first words after options. */
const LOOKS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    git:
      'status|log|diff|show|blame|grep|ls-files|ls-tree|ls-remote|rev-parse|rev-list|merge-base|describe|shortlog|cat-file|' +
      'show-ref|for-each-ref|check-ignore|stash list|stash show|worktree list|remote show|remote get-url',
    docker:
      'ps|images|logs|inspect|version|info|stats|top|port|diff|history|compose ps|compose logs|compose images|compose top|' +
      'compose ls|image ls|image inspect|container ls|container inspect|container logs|network ls|' +
      'network inspect|volume ls|volume inspect',
    kubectl:
      'get|describe|logs|top|explain|version|events|api-resources|api-versions|cluster-info|rollout history|' +
      'config view|config get-contexts|config current-context',
    helm: 'list|ls|status|history|get values|get manifest|get notes|get all|show values|show chart|search repo|search hub',
    terraform: 'show|output|validate|version|graph|state list|state show',
    systemctl: 'status|show|cat|is-active|is-enabled|is-failed|list-units|list-unit-files|list-timers',
    gh:
      'pr view|pr list|pr diff|pr status|issue view|issue list|issue status|run view|run list|repo view|repo list|' +
      'release view|release list|workflow view|workflow list|label list|search issues|search prs|search code|search repos',
    npm: 'ls|list|view|outdated|search|why|explain',
    pip: 'list|show|freeze|search|check',
    cargo: 'tree|search|metadata',
    go: 'list|version|doc',
    apt: 'list|show|search|policy',
    brew: 'list|info|search|outdated|deps',
  }).map(([command, looks]) => [command, new Set(looks.split('|'))]),
)
/** Options before those words that take the next word with them. Not `git -c`, which may name a program to run. */
const TAKES_A_WORD: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    git: new Set(['-C']),
    docker: new Set(['-H', '--host', '--context']),
    kubectl: new Set(['-n', '--namespace', '--context', '--cluster', '--kubeconfig']),
    helm: new Set(['-n', '--namespace', '--kube-context']),
    aws: new Set(['--profile', '--region', '--output']),
    gh: new Set(['-R', '--repo']),
  }),
)
/** Of git, what lists where it is given nothing but these. */
const LISTS = new Set(['branch', 'tag', 'remote'])
const LIST_OPTION = /^(-[alrv]{1,3}|--(all|remotes|list|verbose|show-current))$/

const WATCHES = /^(-w|--watch(-only)?(=.*)?|--follow(=.*)?)$/

/** Whether a command with these words only looks. A service of `aws` looks by its verb. */
export function onlyLooks(command: string, args: readonly string[]): boolean {
  // What waits until something is done is over when that is: later calls need it.
  if (command !== 'git' && args.some((arg) => WATCHES.test(arg))) return false
  const [first = '', second = '', ...more] = withoutLeadingOptions(command, args)
  if (command === 'aws') return /^(describe|list)-/.test(second) || (first === 's3' && second === 'ls')
  if (command === 'git' && LISTS.has(first)) {
    if ([second, ...more].every((word) => word === '' || LIST_OPTION.test(word))) return true
  }
  const looks = LOOKS.get(command)
  return looks !== undefined && (looks.has(first) || looks.has(`${first} ${second}`))
}

function withoutLeadingOptions(command: string, args: readonly string[]): readonly string[] {
  let at = 0
  for (; at < args.length && args[at]!.startsWith('-'); at++) {
    if (TAKES_A_WORD.get(command)?.has(args[at]!)) at++
    // Any other may take the next word with it: `docker -l info rm web` removes.
    else if (!args[at]!.includes('=') && args[at] !== '--no-pager') break
  }
  return args.slice(at)
}
