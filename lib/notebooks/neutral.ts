/** Matches what would steer Python, pip or Jupyter, and what says where a task was called. */
const steering = /^(PYTHON|PIP_|JUPYTER|JPY_|IPYTHON|INIT_CWD$)/;

/**
 * An environment without the variables by which a user steers programs of the same kind: the
 * environment of the notebooks has its own Python, pip and Jupyter.
 */
export function neutral(env: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(env).filter(([name]) => !steering.test(name));
  return { ...Object.fromEntries(entries), PYTHONUTF8: "1" };
}
