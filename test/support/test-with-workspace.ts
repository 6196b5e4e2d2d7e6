import { test as base } from 'vitest';
import { Workspace } from './workspace.js';

/** A test with a workspace of its own. When the test has passed, nothing may be left in the workspace. */
export const test = base.extend<{ workspace: Workspace }>({
  workspace: async ({ task }, use) => {
    const workspace = new Workspace();
    try {
      await use(workspace);
      // After a failure, remains are not reported as another one.
      if (task.result?.state !== 'fail') workspace.expectNothingLeft();
    } finally {
      await workspace.remove();
    }
  },
});
