import { runExample } from './_example-app';
import { changesBetween, hazardsIn, typesAddedBy, updatesIn } from './_template-changes';
const t = (file: string) => { const e = runExample('adopt-existing-cluster', { file }); console.log(e.messages); return e.stacks.Platform.template; };
test('x', () => {
  const fs = ['before', 'step-1', 'step-2', 'step-3', 'step-4'].map((f) => t(f + '.ts'));
  for (let i = 1; i < fs.length; i++) {
    const c = changesBetween(fs[i - 1], fs[i]);
    console.log(i, hazardsIn(c), updatesIn(c), typesAddedBy(c));
  }
  console.log(Object.entries(fs[0].Resources).filter(([, r]) => r.Type.startsWith('AWS::EKS')).map(([k]) => k));
});
