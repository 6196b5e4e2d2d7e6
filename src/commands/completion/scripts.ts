import { TOOL } from '../../tool.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Makes yargs answer with one candidate a line. yargs formats candidates for the shell in SHELL, so SHELL is `sh`
 * here.
 */
const ASK = `SHELL=sh ZSH_NAME= command "$program" --get-yargs-completions`;

/**
 * The script that a shell evaluates for completion. Each script asks the program whose command line is completed, so
 * the candidates always fit its version. Where the program offers nothing, the shell completes file names.
 */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  // The script reads words from COMP_LINE: bash itself would split words at each =, and replaces only the part after
  // the last =.
  bash: `# eval "$(${TOOL.name} completion bash)"
_kea_lease_conformance() {
  local line=\${COMP_LINE:0:COMP_POINT} words program current kept='' candidate
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  program=\${words[0]}
  current=\${words[\${#words[@]}-1]}
  [[ $current == *=* && $COMP_WORDBREAKS == *=* ]] && kept=\${current%=*}=
  COMPREPLY=()
  while IFS= read -r candidate; do
    [[ $candidate == "$current"* ]] && COMPREPLY+=("\${candidate#"$kept"}")
  done < <(${ASK} "\${words[@]}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _kea_lease_conformance ${TOOL.name}
`,
  zsh: `#compdef ${TOOL.name}
# eval "$(${TOOL.name} completion zsh)"
_kea_lease_conformance() {
  local program=$words[1]
  local -a candidates
  candidates=("\${(@f)$(${ASK} "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  compadd -S '' -- \${(M)candidates:#*=}
  local none=$?
  compadd -- \${candidates:#(*=|)} || (( ! none )) || _files
}
compdef _kea_lease_conformance ${TOOL.name}
`,
  fish: `# ${TOOL.name} completion fish | source
function __kea_lease_conformance
    set -l program (commandline -opc)[1]
    env SHELL=sh ZSH_NAME= $program --get-yargs-completions (commandline -opc) (commandline -ct) 2>/dev/null
end
complete -c ${TOOL.name} -a '(__kea_lease_conformance)'
`,
};
