import { test as base } from 'vitest';
import { Workspace } from './workspace.js';

/** A test with a workspace of its own, in which nothing must be left when it has passed. */
export const test = base.extend<{ workspace: Workspace }>({
  workspace: async ({ task }, use) => {
    const workspace = new Workspace();
    try {
      await use(workspace);
      // After a failure what is left is no further finding.
      if (task.result?.state !== 'fail') workspace.expectNothingLeft();
    } finally {
      await workspace.remove();
    }
  },
});
