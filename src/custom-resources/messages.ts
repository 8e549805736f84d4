import { messages } from '../engine/messages/message';

/** What is thrown: the function. */
export const says = messages({
  codeMissing: {
    text: "the code of the function is not at '{file}': the app was bundled without the files of cdk-eks-upgrades",
    remedy: "leave packages out of the bundle, with esbuild by '--packages=external'",
  },
  publicSubnets: {
    text: 'vpcSubnets selects public subnets, in which a Lambda function gets no public address and so reaches nothing',
    remedy: 'select private ones',
  },
  configuredTooLate: {
    text: 'the upgrade handler {isTwice: is configured twice, and differently|exists already}',
    remedy: 'call UpgradeHandler.configure() once, before the first cluster of the stack',
  },
});
