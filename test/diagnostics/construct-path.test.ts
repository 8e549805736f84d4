import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { pathOfChild } from '../../src/diagnostics/construct-path';

test.each(['Workers', 'team/workers', '/a//b/', 'with spaces', 'one\ntwo'])('%j gets the path that the tree gives it, in a stack and below the app', (id) => {
  const app = new App();
  for (const scope of [app, new Stack(app, 'my/Stack')]) {
    expect(pathOfChild(scope, id)).toBe(new Construct(scope, id).node.path);
  }
});
